import { describe, expect, it } from 'vitest';
import type { Case } from './decide.ts';
import { decide } from './decide.ts';

describe('what a no says', () => {
  it('tells what is lost at the level asked for, as far as it is documented', () => {
    const effects = (given: Case) => (decide({ permissions: [], ...given }) as { whenDenied: unknown }).whenDenied;
    expect(effects({})).toEqual({ hidden: [], refused: ['change spend information'], remains: ['seeing it'] });
    expect(effects({ ask: 'data/spend-data:view' })).toEqual({
      hidden: ['what an app costs'],
      refused: [],
      remains: [],
    });
    expect(effects({ ask: 'data/notes' })).toBeNull();
    expect(effects({ ask: 'data/nothing' })).toBeNull();
  });

  it('is a sentence with titles', () => {
    const message = (given: Case) => (decide(given) as { message: string }).message;
    expect(message({ resource: { app: 'figma' } })).toBe(
      'This account has “Spend Data: Edit” for some apps only, and Figma is none of them.',
    );
    expect(message({ permissions: [] })).toBe(
      'This account does not have “Spend Data: Edit”; if it was given lately, sign in again.',
    );
    expect(message({ ask: 'data/notes', permissions: [] })).toContain('“Notes”;');
  });

  it('repeats nothing that a stranger may have written', () => {
    const stranger = '\u202e<script>\n';
    for (const given of [{ ask: stranger }, { resource: { app: stranger } }, { claims: { iss: stranger } }]) {
      expect(JSON.stringify(decide(given))).not.toContain('script');
    }
  });
});
