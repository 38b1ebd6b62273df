import type { Related } from '../../language/diagnostic.ts';
import type { HeldPermission, Step } from '../../model/effective-model.ts';

const verbs: Readonly<Record<Step['kind'], string>> = {
  assigns: 'assigns',
  base: 'is based on',
  inherits: 'inherits',
  grants: 'grants',
};

/** The chain that gives a permission as related places, from the holder down to the grant. */
export function chainRelated(held: HeldPermission): readonly Related[] {
  return (held.chains[0] ?? []).map(stepRelated);
}

/**
 * The line of the holder's own file by which it comes to hold a permission: its grant, or the parent or base that brings
 * it. That is where a rule about the holder is mended, as the grant further down may be right for whoever makes it.
 */
export function ownLine(held: HeldPermission): Step {
  const step = held.chains[0]?.[0];
  if (step === undefined) throw new Error(`${held.permission} is held without a chain`);
  return step;
}

/**
 * What else is to be seen of a permission that its holder should not have: the rest of the chain, and the other lines of
 * the holder that give it too, so that nobody takes one away and finds it still held.
 */
export function besidesOwnLine(held: HeldPermission): readonly Related[] {
  const [first = [], ...others] = held.chains;
  const also = others.flatMap(([step]) => (step === undefined ? [] : [stepRelated(step)]));
  const asWell = also.map(({ message, place }) => ({ message: `${message} as well`, place }));
  return [...first.slice(1).map(stepRelated), ...asWell];
}

function stepRelated({ role, kind, names, place }: Step): Related {
  return { message: `${role} ${verbs[kind]} ${names}`, place };
}
