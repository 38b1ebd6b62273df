import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { findEngine } from '../../src/reconcile/engine.ts';
import { auth0 } from '../../src/targets/auth0/target.ts';
import type { TestStack } from './stack.ts';

/** `pulumi …`, typed by hand in the folder of a stack. */
export async function pulumi(
  { env, workDir }: Pick<TestStack, 'env' | 'workDir'>,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly text: string }> {
  const [engine] = await findEngine(env, auth0.plugin);
  const path = `${dirname(process.execPath)}:${engine?.environment.PATH ?? env.PATH}`;
  const options = {
    cwd: workDir,
    env: { ...env, ...engine?.environment, PULUMI_SKIP_UPDATE_CHECK: 'true', PATH: path } as NodeJS.ProcessEnv,
  };
  return new Promise((resolve) => {
    execFile(engine?.command ?? 'pulumi', [...args, '--non-interactive'], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr });
    });
  });
}
