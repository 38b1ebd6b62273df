import { Option } from 'commander';
import type { Gate } from '../reconcile/gates.ts';
import type { Outcome } from './outcome.ts';
import { failure } from './outcome.ts';

/** `--gate`, which may be given several times. */
export function gateOption(): Option {
  const describe = 'refuse what this gate is closed to: no-new-access, no-sensitive, no-emptied-role, max-removal=25%';
  return new Option('--gate <gate>', describe).argParser(collected).default([], 'none');
}

/** The gates of a command line, or what is wrong with one of them. */
export async function gatesOf(texts: readonly string[]): Promise<readonly Gate[] | Outcome> {
  const { gateForms, parseGate } = await import('../reconcile/gates.ts');
  const misspelt = texts.find((text) => parseGate(text) === null);
  if (misspelt !== undefined) return failure(`there is no gate "${misspelt}"`, `there are ${gateForms}`);
  return texts.flatMap((text) => parseGate(text) ?? []);
}

/** Whether all of them are gates. */
export function areGates(read: readonly Gate[] | Outcome): read is readonly Gate[] {
  return Array.isArray(read);
}

/** Values of an option that may be given several times. */
export function collected(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
