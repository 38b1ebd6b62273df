import type { Snapshot } from '../../src/emulator/snapshot.ts';

/** What a tenant grants, as a text without the ids that it has given. */
export function tenantOf({ resourceServers, roles }: Snapshot): string {
  const withoutId = ({ id: _, ...rest }: { readonly id: string }) => rest;
  return JSON.stringify([resourceServers.map(withoutId), roles.map(withoutId)]);
}

/**
 * The first line in which two transcripts differ, as both have it; null where they are the same but for what no two runs
 * share: progress, how far a run had come, and on which machine.
 */
export function firstDifference(expected: string, found: string): string | null {
  const [left, right] = [linesThatStay(expected), linesThatStay(found)];
  const index = left.findIndex((line, at) => line !== right[at]);
  if (index < 0 && left.length === right.length) return null;
  const at = index < 0 ? left.length : index;
  return `- ${left[at] ?? '(nothing)'}\n+ ${right[at] ?? '(nothing)'}`;
}

function linesThatStay(transcript: string): readonly string[] {
  return transcript
    .split('\n')
    .filter((line) => !line.endsWith(' …'))
    .map((line) =>
      line.replace(/^(Plan: ).*|^(# The call was )[^;]+|^(The run of )\S+/u, '$1$2$3…').replaceAll(/\d+/gu, 'N'),
    );
}
