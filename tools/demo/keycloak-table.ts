import { styleText } from 'node:util';
import type { Comparison } from './keycloak-tokens.ts';

const shown = [
  'data/contract-data',
  'data/spend-data',
  'connections/app-configuration',
  'administration/user-management',
];

/** A line for each role: what its holder's token says, how many permissions that is, how many the matrix has, and whether all are the same. */
export function tableOf(comparisons: readonly Comparison[]): readonly string[] {
  const [first] = comparisons;
  if (first === undefined) return [];
  const known = new Set(
    first.application.sections.flatMap(({ name, permissions }) => permissions.map((one) => `${name}/${one.name}`)),
  );
  const columns = shown.filter((reference) => known.has(reference));
  const hasApps = comparisons.some(({ matrix }) => matrix.apps !== null);
  const heads = [
    first.application.title,
    ...columns.map((reference) => reference.split('/')[1] ?? ''),
    ...(hasApps ? ['apps'] : []),
    'token',
    'matrix',
  ];
  const rows = comparisons.map(({ role, token, matrix }) => [
    role.title,
    ...columns.map((reference) => token.levels.get(reference) ?? '–'),
    ...(hasApps ? [token.apps?.join(', ') ?? 'all'] : []),
    String(token.levels.size),
    String(matrix.levels.size),
  ]);
  const widths = heads.map((head, index) => Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`;
  return [
    styleText('bold', line(heads)),
    ...rows.map((row, index) => {
      const { differences = [] } = comparisons[index] ?? {};
      return `${line(row)}  ${differences.length === 0 ? styleText('green', '✓ equal') : styleText('red', '✗ differs')}`;
    }),
    ...comparisons.flatMap(({ role, differences }) =>
      differences.map((one) => styleText('red', `  ${role.title}: ${one}`)),
    ),
  ];
}
