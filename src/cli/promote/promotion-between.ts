import { diffModels } from '../../analysis/diff/diff-models.ts';
import { byCodePoint } from '../../language/source.ts';
import type { Environment } from '../../model/definitions.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { LeftBehind, Promotion } from '../../report/promotion.ts';
import { inEnvironment, withSharedConstraints } from '../diff/in-environment.ts';

/** Where an application goes that the environment has not yet: nobody but its owners can say. */
const notYetDeclared = 'an audience that is to be declared';

/** What is promoted, and to what. */
export interface PromotionQuestion {
  /** What is declared now. */
  readonly model: EffectiveModel;
  readonly from: Environment;
  readonly to: Environment;
  /** What the environment that is promoted to holds so far, and how that is called. */
  readonly current: { readonly model: EffectiveModel; readonly environment: Environment; readonly name: string };
}

/**
 * What changes where an environment becomes as another one is. It keeps what the other has not; it gets the applications
 * that it has not yet; and roles that are for other purposes stay behind.
 */
export function promotionBetween({ model, from, to, current }: PromotionQuestion): Promotion {
  const here = inEnvironment(model, from);
  const promoted: Environment = { ...to, applications: [...to.applications, ...missing(from, to)] };
  // Rules come with their application, and are none that somebody has added to the environment.
  const there = inEnvironment(withSharedConstraints(model, to), promoted);
  const before = inEnvironment(withSharedConstraints(current.model, current.environment), current.environment);
  const names = { base: current.name, head: `${to.name} as ${from.name} is` };
  const shared = from.applications.filter(({ name }) => to.applications.some((placed) => placed.name === name));
  const alike = inEnvironment(model, { ...from, name: to.name, purpose: to.purpose, applications: shared });
  const { environments } = diffModels(alike, inEnvironment(model, to), { base: from.name, head: to.name });
  return {
    schemaVersion: 1,
    from: from.name,
    to: to.name,
    difference: diffModels(before, there, names),
    left: leftBehind(here, there),
    settings: environments[0] ?? null,
  };
}

function missing(from: Environment, to: Environment): Environment['applications'] {
  const placed = new Set(to.applications.map(({ name }) => name));
  return from.applications
    .filter(({ name }) => !placed.has(name))
    .map((application) => ({ ...application, audience: notYetDeclared }));
}

function leftBehind(here: EffectiveModel, there: EffectiveModel): readonly LeftBehind[] {
  const promoted = new Set(there.applications.flatMap(holdersOf).map(({ definition }) => definition));
  return here.applications
    .flatMap((application) =>
      holdersOf(application)
        .filter(({ definition }) => !promoted.has(definition))
        .map(({ kind, definition: { name, title, place }, onlyIn }): LeftBehind => {
          return {
            application: application.definition.name,
            kind,
            name,
            title,
            onlyIn,
            place: { side: 'head', ...place },
          };
        }),
    )
    .toSorted((a, b) => byCodePoint(a.application, b.application) || byCodePoint(a.name, b.name));
}

/** Whoever can hold something, with the purposes that it is for: those of its role, for an assignment. */
function holdersOf({ roles, customRoles, assignments }: EffectiveModel['applications'][number]) {
  const purposes = new Map([...roles, ...customRoles].map(({ definition }) => [definition.name, definition.onlyIn]));
  return [...roles.filter(({ definition }) => definition.assignable), ...customRoles, ...assignments].map((holder) => {
    const role = holder.kind === 'assignment' ? holder.definition.role.name : holder.definition.name;
    return { ...holder, onlyIn: purposes.get(role) ?? [] };
  });
}
