import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { WantedCoverage } from '../../language/settings.ts';
import { byCodePoint } from '../../language/source.ts';
import type { TestedApplication } from './subject.ts';
import type { ApplicationCoverage, RoleCoverage } from './verification.ts';

/** How many untested permissions a message names. */
const untestedNamed = 3;

/** What one role's tests decide: the permissions named, or all of them. */
export interface Decided {
  readonly role: string;
  readonly permissions: readonly string[] | 'all';
}

/** Counts the cells of an application that its tests decide. */
export function coverageOf(
  { effective, permissions, holders }: TestedApplication,
  decided: readonly Decided[],
  wanted: number | null,
): ApplicationCoverage {
  const references = [...permissions.keys()].sort(byCodePoint);
  const names = holders.map(({ definition }) => definition.name).sort(byCodePoint);
  const byRole = Map.groupBy(decided, ({ role }) => role);
  const roles = names.map((role): RoleCoverage => {
    const own = byRole.get(role) ?? [];
    const isAll = own.some((item) => item.permissions === 'all');
    const named = new Set(own.flatMap((item) => item.permissions));
    const untested = references.filter((reference) => !isAll && !named.has(reference));
    return { role, cells: references.length, covered: references.length - untested.length, untested };
  });
  const cells = roles.length * references.length;
  const covered = roles.reduce((sum, role) => sum + role.covered, 0);
  const share = cells === 0 ? 1 : covered / cells;
  return { application: effective.definition.name, covered, cells, share, wanted, roles };
}

/** Coverage below what the settings ask for, told at the line that asks. */
export function checkCoverage(
  { application, covered, cells, share, roles }: ApplicationCoverage,
  { percent, place }: WantedCoverage,
): readonly Diagnostic[] {
  if (covered * 100 >= percent * cells) return [];
  const least = roles.toSorted((a, b) => a.covered - b.covered)[0];
  const some = least?.untested.slice(0, untestedNamed).join(', ');
  const help = least === undefined ? null : `${least.role} has ${least.covered} of ${least.cells}, and not ${some}`;
  const parameters = { application, covered: percentText(share), wanted: `${percent} %` };
  return [diagnostic('RW5408', place, parameters, { help })];
}

/** A share as per cent with one decimal at most, rounded down, so that only all is "100 %". */
function percentText(share: number): string {
  return `${Math.floor(share * 1000 + 1e-9) / 10} %`;
}
