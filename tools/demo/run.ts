import { spawn } from 'node:child_process';

/**
 * Runs a Node script to its end with the environment given; what it prints on stdout is returned, and shown as well
 * unless `quiet`. Rejects with the exit code in the message unless it ends with the one expected.
 */
export function runNode(
  script: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  { quiet = false, exitCode = 0 }: { readonly quiet?: boolean; readonly exitCode?: number } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', 'inherit'],
    });
    let printed = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === exitCode) resolve(printed);
      else reject(new Error(`${args[0] ?? script} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}
