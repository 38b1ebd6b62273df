import { createInterface } from 'node:readline/promises';
import { name } from '../../language/schema/text.ts';
import type { Host } from '../host.ts';

/** What the application is called where nobody says it. */
export const defaultName = 'my-app';

/** Why a text cannot be the name of an application; null if it can. */
export function nameProblem(text: string): string | null {
  if (name.safeParse(text).success) return null;
  return `"${text}" cannot be the name of an application`;
}

/** How a name is written. */
export const nameRule = name.description ?? '';

/** Asks for the name on stderr until it is one; null if there is no answer. */
export async function askName(host: Host): Promise<string | null> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  const { promise: noAnswer, resolve } = Promise.withResolvers<null>();
  // The end of the input (Ctrl-D) is no answer, and an interruption is none either.
  lines.once('close', () => resolve(null));
  const question = `Name of the application whose permissions are declared [${defaultName}]: `;
  try {
    for (;;) {
      const answered = lines.question(question, { signal: host.signal }).catch(() => null);
      const answer = await Promise.race([answered, noAnswer]);
      if (answer === null) return null;
      const given = answer.trim() || defaultName;
      const problem = nameProblem(given);
      if (problem === null) return given;
      host.complain(`${problem}. ${nameRule}\n`);
    }
  } finally {
    lines.close();
  }
}
