import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { diagnostic } from '../../src/language/diagnostic.ts';

describe('the exit code', () => {
  const finding = diagnostic('RW3115', null, {});
  const noEngine = diagnostic('RW6001', null, { found: '-' });
  const noStack = diagnostic('RW4101', null, { name: 'x' });
  const advice = diagnostic('RW1013', null, {});
  const warning = diagnostic('RW4202', null, { what: 'x', count: 1, limit: 1 });

  it('is the highest that an error asks for', () => {
    expect(exitCodeOf([], false)).toBe(0);
    expect(exitCodeOf([finding], false)).toBe(1);
    expect(exitCodeOf([noEngine, finding], false)).toBe(2);
    expect(exitCodeOf([finding, noStack, noEngine], false)).toBe(6);
  });

  it('counts warnings and advice only when strict', () => {
    expect(exitCodeOf([advice, warning], false)).toBe(0);
    expect(exitCodeOf([advice], true)).toBe(1);
    expect(exitCodeOf([warning, noStack], true)).toBe(6);
  });
});
