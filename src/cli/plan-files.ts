import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { diagnostic } from '../language/diagnostic.ts';
import type { PlanFile } from '../reconcile/plan-file.ts';
import type { Host } from './host.ts';
import type { Failure, Outcome } from './outcome.ts';
import { failure, outcome } from './outcome.ts';

/** The version that plan files and records name. */
export const product = packageJson.version;

/**
 * Saves a plan; nothing where that goes well. Its owner alone may read it: it holds no secret, but the names of people
 * and of all that they may do. Whoever hands it to a job of another user gives that user the right.
 */
export async function savePlan(host: Host, path: string, file: PlanFile): Promise<Failure | null> {
  const [{ jsonText }, { writeFileAtomically }] = await Promise.all([
    import('../report/json.ts'),
    import('./write-file-atomically.ts'),
  ]);
  try {
    await writeFileAtomically(resolve(host.root, path), jsonText(file), 0o600);
    return null;
  } catch (error) {
    return failure(`the plan cannot be saved to ${path}: ${reasonOf(error)}`, 'name a file in a folder that is there')
      .failure;
  }
}

/**
 * Reads a saved plan for `up`, and sees to it that it is for this stack and of this version.
 *
 * @param stack the stack that the command line or PULUMI_STACK names, if any
 */
export async function readPlan(host: Host, path: string, stack: string | undefined): Promise<PlanFile | Outcome> {
  const text = await readFile(resolve(host.root, path), 'utf8').catch((error: unknown) => ({
    reason: reasonOf(error),
  }));
  if (typeof text !== 'string') {
    const help = 'give the file that `rolewright preview --plan FILE` has saved';
    return outcome({ diagnostics: [diagnostic('RW6430', null, { file: path, reason: text.reason }, { help })] });
  }
  const { readPlanFile } = await import('../reconcile/plan-file.ts');
  const [file, diagnostics] = readPlanFile(text, path);
  if (file === null) return outcome({ diagnostics });
  if (stack !== undefined && stack !== file.stack) {
    const parameters = { what: 'stack', planned: file.stack, here: stack } as const;
    const help = 'leave --stack and PULUMI_STACK out, or give the plan of that stack';
    return outcome({ diagnostics: [diagnostic('RW6431', null, parameters, { help })] });
  }
  if (file.product !== product) {
    const help = 'run `rolewright preview --plan` again with this version, and have the new plan reviewed';
    return outcome({ diagnostics: [diagnostic('RW6435', null, { saved: file.product, here: product }, { help })] });
  }
  return file;
}

/** Whether reading came to a plan. */
export function isPlan(read: PlanFile | Outcome): read is PlanFile {
  return 'kind' in read;
}

/** Why a file cannot be read or written, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'it is not there',
    ENOTDIR: 'its folder is a file',
    EISDIR: 'it is a folder',
    EACCES: 'no permission',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  };
  return known[code ?? ''] ?? message;
}
