import type { Application, DenialEffects, Permission } from '../../model/definitions.ts';
import type { EffectiveApplication } from '../../model/effective-model.ts';
import type { AreaExplanation, AreaMatch, Titled } from './explanation.ts';
import type { Holder, Ranks } from './holder.ts';
import { accessOf, explainedHolder, isNarrowed, ranksOf } from './holder.ts';

/** A permission at a rank whose denial takes something away. */
interface Key {
  readonly permission: Permission;
  readonly rank: number;
}

interface Area {
  readonly kind: AreaMatch['kind'];
  readonly name: string;
  readonly keys: readonly Key[];
}

/**
 * Which permissions open an area or action, whether a holder has them all, and who else does. A text means the areas
 * called so, by the whole name or by the part after the last `>`; if there is none, all whose name contains it. Case
 * does not count.
 */
export function explainArea(
  holder: Holder,
  application: EffectiveApplication,
  text: string,
  app: Titled | null,
): AreaExplanation {
  const areas = areasOf(application.definition);
  const wanted = text.trim().toLowerCase();
  const exact = areas.filter(({ name }) => namesOf(name.toLowerCase()).includes(wanted));
  const found = exact.length > 0 ? exact : areas.filter(({ name }) => name.toLowerCase().includes(wanted));
  const held = ranksOf(holder, application, app?.name ?? null);
  const candidates = [
    ...application.roles.filter(({ definition }) => definition.assignable),
    ...(app === null ? [] : application.customRoles),
  ];
  const all = candidates.map((role) => ({ role, ranks: ranksOf(role, application, app?.name ?? null) }));
  const matches = found.map(({ kind, name, keys }): AreaMatch => {
    const needs = keys.map((key) => ({
      ...accessOf(key.permission, key.rank, application),
      held: opens(held, key),
    }));
    const openTo = all.filter(({ ranks }) => keys.every((key) => opens(ranks, key)));
    return {
      kind,
      name,
      open: needs.every((need) => need.held),
      narrowed: isNarrowed(holder) && keys.some(({ permission }) => permission.restrictedBy === 'apps'),
      needs,
      openTo: openTo.map(({ role }) => ({
        reference: `${application.definition.name}/${role.definition.name}`,
        name: role.definition.name,
        title: role.definition.title,
        kind: role.kind,
      })),
    };
  });
  return { schemaVersion: 1, question: 'area', holder: explainedHolder(holder, application), app, text, matches };
}

/** What areas and actions can be called by, for a suggestion. */
export function areaNames(application: Application): readonly string[] {
  return [...new Set(areasOf(application).flatMap(({ name }) => namesOf(name)))];
}

/** Everything that a denial takes away, with all the permissions that do; in the order of the catalog. */
function areasOf(application: Application): readonly Area[] {
  const taken = application.sections
    .flatMap(({ permissions }) => permissions)
    .flatMap((permission) => [
      ...named(permission.whenDenied, { permission, rank: 0 }),
      ...permission.levels.flatMap(({ whenDenied, rank }) => named(whenDenied, { permission, rank })),
    ]);
  return [...Map.groupBy(taken, ({ kind, name }) => `${kind} ${name}`).values()].flatMap((same) =>
    same.slice(0, 1).map(({ kind, name }) => ({ kind, name, keys: same.map(({ key }) => key) })),
  );
}

function named(effects: DenialEffects | null, key: Key) {
  const { hidden = [], refused = [] } = effects ?? {};
  return [
    ...hidden.map((name) => ({ kind: 'area' as const, name, key })),
    ...refused.map((name) => ({ kind: 'action' as const, name, key })),
  ];
}

function namesOf(name: string): readonly string[] {
  const last = name.split('>').at(-1) ?? name;
  return [...new Set([name, last.trim()])];
}

function opens(ranks: Ranks, { permission, rank }: Key): boolean {
  return (ranks.get(permission.reference) ?? -1) >= rank;
}
