import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { Emulator } from '../../src/emulator/start-emulator.ts';

/** Its main file, where NODE_PATH leads to it: it is heavy (docs/emulator.md), so that a checkout may do without; else null. */
export const deployCli = (() => {
  try {
    return createRequire(import.meta.url).resolve('auth0-deploy-cli');
  } catch {
    return null;
  }
})();

/**
 * Runs it in `cwd`; the text that it wrote.
 *
 * @param kinds of things that it is to look at
 * @param settings further variables of its own, such as `AUTH0_ALLOW_DELETE`
 */
export async function runDeployCli(
  emulator: Pick<Emulator, 'domain' | 'clientId' | 'clientSecret' | 'certificateFile'>,
  cwd: string,
  { kinds, settings = {} }: { readonly kinds: readonly string[]; readonly settings?: Readonly<Record<string, string>> },
  ...args: readonly string[]
): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [deployCli ?? '', ...args], {
    cwd,
    env: {
      ...process.env,
      AUTH0_DOMAIN: emulator.domain,
      AUTH0_CLIENT_ID: emulator.clientId,
      AUTH0_CLIENT_SECRET: emulator.clientSecret,
      AUTH0_INCLUDED_ONLY: JSON.stringify(kinds),
      NODE_EXTRA_CA_CERTS: emulator.certificateFile,
      ...settings,
    },
  });
  return stdout + stderr;
}
