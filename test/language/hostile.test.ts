import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostileInputs } from '../support/hostile-inputs.ts';
import type { Outcome } from '../support/run-hostile.ts';

/** All inputs in one process with little memory: one that exhausts memory or stack, or never ends, fails them all. */
const { outcomes, isPolluted } = runAll();

describe('hostile YAML', () => {
  it.for(hostileInputs)('ends in a diagnostic: $name', ({ name, codes }) => {
    expect(Object.keys(outcomeOf(name).codes).sort()).toEqual([...codes].sort());
  });

  it('leaves Object.prototype as it was', () => {
    expect(isPolluted).toBe(false);
  });

  it('ends in a hundred thousand diagnostics where there are as many mistakes', () => {
    expect(outcomeOf('many mistakes').codes).toEqual({ RW1007: 1, RW2104: 98_000, RW2122: 2 });
  });

  it('refuses to follow thousands of roles that inherit from each other', () => {
    expect(Object.keys(outcomeOf('long inheritance').codes)).toContain('RW3118');
  });

  it('takes no more than a small multiple of the time that an honest catalog takes', () => {
    const limit = 30 * outcomeOf('honest').milliseconds;
    expect(outcomes.filter(({ milliseconds }) => milliseconds > limit)).toEqual([]);
  });
});

function outcomeOf(name: string): Outcome {
  const outcome = outcomes.find((other) => other.name === name);
  if (outcome === undefined) throw new Error(`no outcome of ${name}`);
  return outcome;
}

function runAll(): { readonly outcomes: readonly Outcome[]; readonly isPolluted: boolean } {
  const script = resolve(import.meta.dirname, '../support/run-hostile.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--max-old-space-size=512', script], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (status !== 0) throw new Error(`the process with the hostile inputs ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as { readonly outcomes: readonly Outcome[]; readonly isPolluted: boolean };
}
