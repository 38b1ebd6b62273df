import type { Related } from '../language/diagnostic.ts';
import type { Step } from './effective-model.ts';

const verbs: Readonly<Record<Step['kind'], string>> = {
  assigns: 'assigns',
  base: 'is based on',
  inherits: 'inherits',
  grants: 'grants',
};

/** A step as messages tell it, at the line that says it: "basic-user inherits limited-user". */
export function stepRelated({ role, kind, names, place }: Step): Related {
  return { message: `${role} ${verbs[kind]} ${names}`, place };
}
