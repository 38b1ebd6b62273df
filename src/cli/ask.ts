import { createInterface } from 'node:readline/promises';
import type { Host } from './host.ts';

/**
 * Asks a question on stderr; only `y` or `yes` is a yes. The terminal stays in its ordinary mode, so that Ctrl-C is a
 * signal here as everywhere, and no cursor is left hidden.
 */
export async function ask(host: Host, question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  // The end of the input (Ctrl-D) is no answer, and an interruption is none either.
  const { promise: noAnswer, resolve } = Promise.withResolvers<string>();
  lines.once('close', () => resolve(''));
  const answered = lines.question(`${question} [y/N] `, { signal: host.signal }).catch(() => '');
  const answer = await Promise.race([answered, noAnswer]);
  lines.close();
  return /^y(es)?$/iu.test(answer.trim());
}
