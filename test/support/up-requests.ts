import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from '../../src/language/diagnostic.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { UpRequest } from '../../src/reconcile/request.ts';

/** What a run came to. */
export interface Run<T> {
  readonly result: T | null;
  readonly diagnostics: readonly Diagnostic[];
  /** `CODE message`, one each. */
  readonly problems: readonly string[];
  /** Calls that this run made, `METHOD path status`, the way to the tenant left out. */
  readonly calls: readonly string[];
}

/** A temporary folder that is a Pulumi project, of an inline program. */
export async function projectFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rolewright-test-'));
  await writeFile(join(folder, 'main.js'), '');
  await writeFile(join(folder, 'Pulumi.yaml'), 'name: rolewright\nruntime: nodejs\nmain: main.js\n');
  return folder;
}

/** A request that confirms everything, and never ends by itself. */
export function requestFor(
  desired: DesiredState,
  { workDir, env, progress }: Pick<UpRequest, 'workDir' | 'env'> & { readonly progress: string[] },
): UpRequest {
  return {
    ...{ desired, workDir, env, refresh: false, overrides: [] },
    signal: new AbortController().signal,
    onProgress: (message) => progress.push(message),
    onEngineOutput: null,
    confirm: async () => true,
  };
}

/** What a request came to, with the calls that it made. */
export function runOf<T>(
  [result, diagnostics]: readonly [T | null, Run<T>['diagnostics']],
  calls: Run<T>['calls'],
): Run<T> {
  return { result, diagnostics, problems: diagnostics.map(({ code, message }) => `${code} ${message}`), calls };
}
