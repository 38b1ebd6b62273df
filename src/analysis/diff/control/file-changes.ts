import { settingsFile } from '../../../language/settings.ts';
import type { ControlChange } from '../../../model/difference.ts';
import type { FileDigests } from '../file-digests.ts';

/** Files that judge a change and are no documents of ours. What a change of one does, nobody can tell. */
export function fileChanges(base: FileDigests, head: FileDigests): readonly ControlChange[] {
  return [...new Set([...base.keys(), ...head.keys()])].flatMap((path): readonly ControlChange[] => {
    const [before, after] = [base.get(path), head.get(path)];
    if (before === after) return [];
    const action = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    return [
      { subject: subjectOf(path), action, application: null, name: path, detail: '', loosens: null, place: null },
    ];
  });
}

function subjectOf(path: string): ControlChange['subject'] {
  if (path === settingsFile) return 'settings';
  if (path.split('/').at(-1) === 'CODEOWNERS') return 'codeowners';
  if (path.startsWith('.github/')) return 'workflow';
  return path.startsWith('policy/') ? 'policy-pack' : 'settings';
}
