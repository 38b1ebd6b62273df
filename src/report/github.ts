import type { Diagnostic, Severity } from '../language/diagnostic.ts';
import { plainMessage } from './plain-message.ts';
import { workflowCommand } from './workflow-command.ts';

const commands = { error: 'error', warning: 'warning', advice: 'notice' } as const satisfies Record<Severity, string>;
const order: readonly Severity[] = ['error', 'warning', 'advice'];

/**
 * Diagnostics as annotations of GitHub Actions, the worst first: of each kind only about ten of a step are shown.
 * `folder` leads from the repository's root to the folder that was checked (`""` or `tools/roles/`).
 */
export function github(diagnostics: readonly Diagnostic[], folder: string): string {
  const sorted = order.flatMap((severity) => diagnostics.filter((item) => item.severity === severity));
  return sorted.map((item) => `${annotation(item, folder)}\n`).join('');
}

function annotation(item: Diagnostic, folder: string): string {
  const { place } = item;
  // GitHub takes columns only where line and endLine are the same, and its endColumn is the last one, not the next.
  const inOneLine = place !== null && place.line === place.endLine;
  const properties = {
    file: place === null ? null : folder + place.file,
    line: place?.line ?? null,
    endLine: place?.endLine ?? null,
    col: inOneLine ? place.column : null,
    endColumn: inOneLine ? Math.max(place.column, place.endColumn - 1) : null,
    title: item.code,
  };
  return workflowCommand(commands[item.severity], properties, plainMessage(item));
}
