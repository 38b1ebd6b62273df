import type { DesiredState } from '../../model/desired-state.ts';
import type { Drift, DriftSummary } from '../../model/drift.ts';
import { distinctTitles } from '../distinct-titles.ts';
import type { Paint } from '../paint.ts';
import { counted } from '../tally.ts';
import { terminalText } from '../terminal-text.ts';
import { alike, told } from './told.ts';
import type { Words } from './words.ts';
import { gravity, upCommand } from './words.ts';

/** Drift in words, application by application, the gravest first; the last lines count, and say what repairs it. Ends with a line feed. */
export function driftText(drift: Drift, desired: DesiredState, paint: Paint): string {
  const [stack, tenant] = [terminalText(drift.stack), terminalText(drift.tenant)];
  if (drift.deviations.length === 0) {
    const { rolesDeclared, rolesRead } = drift.extent;
    const compared = `${counted(rolesDeclared, 'role')} declared, ${rolesRead} read`;
    return [`No drift: ${tenant} is as stack ${stack} declares (${compared}).`, ...notCompared(drift), ''].join('\n');
  }
  const blocks = driftBlocks(drift, desired, paint).map(({ title, lines }) =>
    [paint('strong', title), ...lines.map((line) => `  ${line}`)].join('\n'),
  );
  const closing = [driftCounts(drift.summary), ...repairLines(drift), ...notCompared(drift)];
  return `${[`Drift in stack ${stack}, tenant ${tenant}`, ...blocks, closing.join('\n')].join('\n\n')}\n`;
}

/** What differs, by the title of the application, the gravest first. */
export function driftBlocks(
  { deviations, stack }: Drift,
  desired: DesiredState,
  paint: Paint,
): readonly { readonly title: string; readonly lines: readonly string[] }[] {
  const titles = new Map(desired.applications.map(({ name, title }) => [name, title]));
  const words: Words = { stack, paint, titles, distinct: distinctTitles(desired) };
  return [...Map.groupBy(deviations, ({ application }) => application)].map(([name, all]) => {
    const groups = alike(all).toSorted(([a], [b]) => (a && b ? gravity(a) - gravity(b) : 0));
    return { title: terminalText(titles.get(name) ?? name), lines: groups.flatMap((group) => told(group, words)) };
  });
}

/** The line that counts; what there is none of it leaves out. */
export function driftCounts(summary: DriftSummary): string {
  const { apisDiffering, rolesDiffering, rolesMissing, rolesUndeclared } = summary;
  const { permissionsMore, permissionsLess, peopleMissing, dangerous, outages } = summary;
  const differ = (count: number) => (count === 1 ? 'differs' : 'differ');
  const parts = [
    [apisDiffering > 0 && `${counted(apisDiffering, 'API')} ${differ(apisDiffering)}`],
    [
      rolesDiffering > 0 && `${counted(rolesDiffering, 'role')} ${differ(rolesDiffering)}`,
      rolesMissing > 0 && `${counted(rolesMissing, 'role')} missing`,
      rolesUndeclared > 0 && `${counted(rolesUndeclared, 'role')} undeclared`,
    ],
    [
      permissionsMore > 0 && `${counted(permissionsMore, 'permission')} more than declared`,
      permissionsLess > 0 && `${counted(permissionsLess, 'permission')} less`,
    ],
    [peopleMissing > 0 && `${counted(peopleMissing, 'person', 'people')} without a declared role`],
    [dangerous > 0 && `${dangerous} dangerous`, outages > 0 && counted(outages, 'outage')],
  ].map((some) => some.filter((part) => part !== false).join(', '));
  return `Drift: ${parts.filter((part) => part !== '').join('; ')}.`;
}

/** What repairs it, where it is the same for many. */
export function repairLines({ deviations, stack }: Drift): readonly string[] {
  const byUp = deviations.some(({ repairs }) => repairs.includes('up'));
  return byUp
    ? [`Repair: \`${upCommand(stack)}\` makes the tenant what is declared; what nobody declares it leaves alone.`]
    : [];
}

/** What was not looked at. */
export function notCompared({ extent }: Drift): readonly string[] {
  const { rolesLeftOut, rolesWithPeople, peopleCompared } = extent;
  return [
    ...(rolesLeftOut === 0
      ? []
      : [`Not compared: ${counted(rolesLeftOut, 'role')} of the tenant, by --include and --exclude.`]),
    ...(peopleCompared || rolesWithPeople === 0
      ? []
      : [`Not compared: the people of ${counted(rolesWithPeople, 'role')} (--people).`]),
  ];
}
