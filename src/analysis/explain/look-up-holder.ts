import type { Diagnostic, Result } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { nearestName } from '../../language/nearest-name.ts';
import type { EffectiveApplication, EffectiveModel } from '../../model/effective-model.ts';
import { knownNames } from '../../model/link/names.ts';
import type { Holder } from './holder.ts';

/** A holder with the application that it belongs to. */
export interface FoundHolder {
  readonly application: EffectiveApplication;
  readonly holder: Holder;
}

/** The role, custom role or assignment of a reference `application/name`, or null with the diagnostic that helps. */
export function lookUpHolder(model: EffectiveModel, reference: string): Result<FoundHolder | null> {
  const slash = reference.indexOf('/');
  if (slash < 0) return [null, [withoutApplication(model, reference)]];
  const name = reference.slice(0, slash);
  const application = model.applications.find(({ definition }) => definition.name === name);
  if (application === undefined) return [null, [unknownApplication(model, name, reference.slice(slash))]];
  const holders = holdersOf(application);
  const wanted = reference.slice(slash + 1);
  const holder = holders.find(({ definition }) => definition.name === wanted);
  if (holder !== undefined) return [{ application, holder }, []];
  const now = holders.find(({ definition }) => definition.formerly.includes(wanted));
  if (now !== undefined) {
    const suggestion = `${name}/${now.definition.name}`;
    return [null, [diagnostic('RW2114', null, { name: reference, now: suggestion }, { suggestion })]];
  }
  const names = holders.map(({ definition }) => definition.name);
  const nearest = nearestName(wanted, names);
  const suggestion = nearest === null ? null : `${name}/${nearest}`;
  const details = { suggestion, expected: knownNames(names.map((known) => `${name}/${known}`)) };
  return [null, [diagnostic('RW2109', null, { name: wanted, application: name }, details)]];
}

function holdersOf(application: EffectiveApplication): readonly Holder[] {
  return [...application.roles, ...application.customRoles, ...application.assignments];
}

/** Without its application a name may mean several roles, so it is never guessed, only suggested. */
function withoutApplication(model: EffectiveModel, reference: string): Diagnostic {
  const known = model.applications.flatMap((application) =>
    holdersOf(application).map(({ definition }) => ({
      name: definition.name,
      full: `${application.definition.name}/${definition.name}`,
    })),
  );
  const same = known.filter(({ name }) => name === reference).map(({ full }) => full);
  const nearest = nearestName(
    reference,
    known.map(({ name }) => name),
  );
  const near = known.filter(({ name }) => name === nearest).map(({ full }) => full);
  const [suggestion = null, ...others] = same.length > 0 ? same : near;
  const details = { suggestion: others.length === 0 ? suggestion : null, expected: 'application/role' };
  const help = others.length === 0 ? null : `there are ${[suggestion, ...others].join(', ')}`;
  return diagnostic('RW4107', null, { reference }, { ...details, help });
}

function unknownApplication(model: EffectiveModel, name: string, rest: string): Diagnostic {
  const names = model.applications.map(({ definition }) => definition.name);
  const nearest = nearestName(name, names);
  const suggestion = nearest === null ? null : nearest + rest;
  return diagnostic('RW2110', null, { name }, { suggestion, expected: knownNames(names) });
}
