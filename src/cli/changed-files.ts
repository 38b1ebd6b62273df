import { resolve, sep } from 'node:path';
import type { ChangedFiles } from '../report/changed-files-json.ts';
import type { Host } from './host.ts';
import type { Outcome } from './outcome.ts';

/** Whether a file is what a path of the command line names, or lies below it. */
export function isBelow(path: string, wanted: string, root: string): boolean {
  const whole = resolve(root, path);
  const named = resolve(root, wanted);
  return whole === named || whole.startsWith(named + sep);
}

/** Prints the changed files, a path a line; for a program nothing yet, but the report that has the problems as well. */
export async function tellChanged(files: ChangedFiles, json: boolean, host: Host): Promise<Outcome['report']> {
  if (json) return (await import('../report/changed-files-json.ts')).changedFilesJson(files);
  host.out(files.changed.map((path) => `${path}\n`).join(''));
  return null;
}
