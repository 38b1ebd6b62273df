import { byCodePoint } from '../../language/source.ts';
import type { Permission } from '../../model/definitions.ts';
import type { EffectiveApplication, EffectiveCustomRole, EffectiveRole } from '../../model/effective-model.ts';
import type { Alternative } from './explanation.ts';
import type { Holder } from './holder.ts';
import { beyond, isNarrowed, markerOf, ranksOf, titled, titles } from './holder.ts';

/** What is missing: a permission at a rank, for an app or (null) for whichever. */
export interface Wanted {
  readonly application: EffectiveApplication;
  readonly holder: Holder;
  readonly permission: Permission;
  readonly rank: number;
  readonly app: string | null;
}

/**
 * The roles that would give what is missing, least privilege first: those that bring the fewest permissions beyond the
 * holder's and the one asked for, of these the fewest sensitive ones, the fewest levels, the fewest apps; then by name.
 * Custom roles are among them where an app is asked about; building blocks, which nobody can hold, never.
 */
export function alternatives(wanted: Wanted): readonly Alternative[] {
  return candidatesOf(wanted)
    .filter((candidate) => gives(candidate, wanted))
    .map((candidate) => measured(candidate, wanted))
    .sort(
      (a, b) =>
        a.alternative.additional.length - b.alternative.additional.length ||
        a.sensitive - b.sensitive ||
        a.levels - b.levels ||
        (a.alternative.apps?.length ?? Number.MAX_SAFE_INTEGER) -
          (b.alternative.apps?.length ?? Number.MAX_SAFE_INTEGER) ||
        byCodePoint(a.alternative.name, b.alternative.name),
    )
    .map(({ alternative }) => alternative);
}

/** Whether a role holds what is missing, for the app if one is asked about. */
export function gives(candidate: Holder, { application, permission, rank, app }: Wanted): boolean {
  return (ranksOf(candidate, application, app).get(permission.reference) ?? -1) >= rank;
}

type Candidate = EffectiveRole | EffectiveCustomRole;

function candidatesOf({ application, app }: Wanted): readonly Candidate[] {
  const roles = application.roles.filter(({ definition }) => definition.assignable);
  return app === null ? roles : [...roles, ...application.customRoles];
}

function measured(candidate: Candidate, { application, holder, permission, rank, app }: Wanted) {
  const own = ranksOf(holder, application, app);
  const theirs = ranksOf(candidate, application, app);
  const wanted = new Map(own).set(permission.reference, Math.max(rank, own.get(permission.reference) ?? -1));
  const { access: additional, levels } = beyond(theirs, wanted, application);
  const { name, title, onlyIn, place } = candidate.definition;
  const alternative: Alternative = {
    reference: `${application.definition.name}/${name}`,
    name,
    title,
    kind: candidate.kind,
    level: titled(permission.levels[theirs.get(permission.reference) ?? rank]),
    apps: isNarrowed(candidate)
      ? titles(
          candidate.apps.map((known) => known.name),
          application.definition.apps,
        )
      : null,
    restrictable: candidate.kind === 'role' && candidate.definition.restrictable,
    besides: markerOf(candidate) === markerOf(holder),
    additional,
    lacks: beyond(own, theirs, application).access,
    onlyIn,
    place,
  };
  return { alternative, levels, sensitive: additional.filter((access) => access.sensitive).length };
}
