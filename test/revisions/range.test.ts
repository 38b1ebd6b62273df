import { describe, expect, it } from 'vitest';
import { rangeOf } from '../../src/revisions/range.ts';

describe('the range that two arguments name', () => {
  it.for([
    [[], 'HEAD', null, false],
    [['main'], 'main', null, false],
    [['main', 'feature'], 'main', 'feature', false],
    [['main..feature'], 'main', 'feature', false],
    [['main...feature'], 'main', 'feature', true],
    [['main..'], 'main', 'HEAD', false],
    [['..feature'], 'HEAD', 'feature', false],
    [['...feature'], 'HEAD', 'feature', true],
    [['v1.4.0'], 'v1.4.0', null, false],
    [['HEAD^{/a..b}'], 'HEAD^{/a..b}', null, false],
    [['HEAD^{/a..b}..main'], 'HEAD^{/a..b}', 'main', false],
  ] as const)('%j', ([[first, second], base, head, fromWhereTheyParted]) => {
    expect(rangeOf(first, second)).toEqual({ base, head, fromWhereTheyParted });
  });

  it('is none where a range is one of two arguments', () => {
    expect([rangeOf('a..b', 'c'), rangeOf('a', 'b...c')]).toEqual([null, null]);
  });
});
