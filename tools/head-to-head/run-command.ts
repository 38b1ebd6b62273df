import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Command } from './tool.ts';

export interface Ran {
  readonly exitCode: number;
  /** stdout and stderr as they came, without colours. */
  readonly output: string;
}

/** Runs a command to its end, with nothing of what this machine has set for colours, CI, Pulumi or Auth0. */
export function runCommand(
  { file, args }: Command,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(CI|FORCE_COLOR|NODE_OPTIONS|(PULUMI|AUTH0)_.*)$/u.test(name),
  );
  const { PATH = '', ...env } = { ...Object.fromEntries(kept), NO_COLOR: '1', ...environment };
  const child = spawn(file, args, {
    cwd: folder,
    // The engine looks for `node` there, and shall find the one that runs this.
    env: { ...env, PATH: `${dirname(process.execPath)}:${PATH}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<Ran>();
  child.on('error', reject);
  child.on('close', (code) => resolve({ exitCode: code ?? -1, output: stripVTControlCharacters(output) }));
  return promise;
}
