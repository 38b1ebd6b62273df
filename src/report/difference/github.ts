import type { Difference } from '../../model/difference.ts';
import { workflowCommand } from '../workflow-command.ts';
import { differenceFindings } from './findings.ts';

const titles = {
  'loosened-rule': 'A rule that judges changes',
  'sensitive-widening': 'Somebody may do more (sensitive)',
  widening: 'Somebody may do more',
} as const;

/**
 * What a reviewer should look at as annotations of GitHub Actions, the gravest first: of each kind only about ten of a step are shown.
 * `folder` leads from the repository's root to the folder that was compared (`""` or `tools/roles/`).
 */
export function differenceGithub(difference: Difference, folder: string): string {
  return differenceFindings(difference)
    .map(({ rule, level, message, details, place }) => {
      const properties = {
        file: place === null ? null : folder + place.file,
        line: place?.line ?? null,
        endLine: place?.endLine ?? null,
        title: titles[rule],
      };
      const text = [message, ...details].join('\n');
      return `${workflowCommand(level === 'warning' ? 'warning' : 'notice', properties, text)}\n`;
    })
    .join('');
}
