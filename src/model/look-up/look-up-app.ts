import type { Result } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { nearestName } from '../../language/nearest-name.ts';
import type { App } from '../definitions.ts';
import type { EffectiveApplication } from '../effective-model.ts';
import { knownNames } from '../link/names.ts';

/** The app of a reference in full, `application/app`, in an application; or null with the diagnostic that helps. */
export function lookUpApp({ definition }: EffectiveApplication, reference: string): Result<App | null> {
  const inFull = (name: string) => `${definition.name}/${name}`;
  const found = definition.apps.find(({ name }) => inFull(name) === reference);
  if (found !== undefined) return [found, []];
  const now = definition.apps.find(({ formerly }) => formerly.map(inFull).includes(reference));
  if (now !== undefined) {
    const suggestion = inFull(now.name);
    return [null, [diagnostic('RW2114', null, { name: reference, now: suggestion }, { suggestion })]];
  }
  const names = definition.apps.map(({ name }) => name);
  const name = reference.startsWith(`${definition.name}/`) ? reference.slice(definition.name.length + 1) : reference;
  const nearest = nearestName(name, names);
  const suggestion = nearest === null ? null : inFull(nearest);
  if (!reference.includes('/')) {
    const details = { suggestion, expected: 'application/app' };
    return [null, [diagnostic('RW4107', null, { reference }, details)]];
  }
  const help = names.length === 0 ? `${definition.name} has no apps` : null;
  const details = { suggestion, expected: knownNames(names.map(inFull)), help };
  return [null, [diagnostic('RW2112', null, { name: reference }, details)]];
}
