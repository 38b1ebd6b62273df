import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockLines, findBlock, organizationOf, withBlock } from '../../../src/analysis/codeowners/block.ts';
import { codeOwner } from '../../../src/analysis/codeowners/code-owner.ts';

const rules = { folders: [{ path: 'roles/', owners: ['platform', '@acme/platform'] }], files: [], controls: [] };
const lines = blockLines(rules, 'acme');

/** The text with the block in it, as `codeowners` would write it. */
function written(text: string, block = lines): string {
  const found = findBlock(text);
  if (found.kind === 'broken') throw new Error(`broken at ${found.line}`);
  return withBlock(text, found, block);
}

describe('the block', () => {
  it('is written at the end, and in its place from then on', () => {
    const block = [
      '# rolewright: begin',
      '# From `metadata.owners` by `rolewright codeowners --organization acme`; what is changed by hand here is lost.',
      '# Folders',
      '/roles/ @acme/platform',
      '# rolewright: end',
    ];
    expect(written('')).toBe(`${block.join('\n')}\n`);
    const first = written('* @acme/everyone');
    expect(first).toBe(`* @acme/everyone\n\n${block.join('\n')}\n`);
    const moved = `${first}/docs/ @acme/writers\n`;
    expect(written(moved, ['# rolewright: begin', '# rolewright: end'])).toBe(
      '* @acme/everyone\n\n# rolewright: begin\n# rolewright: end\n/docs/ @acme/writers\n',
    );
  });

  it('knows the organization that it was written for', () => {
    const found = findBlock(written('\uFEFF'));
    expect(found.kind === 'found' && organizationOf(found.lines)).toBe('acme');
    expect(organizationOf(blockLines(rules, null))).toBeNull();
  });

  it('has the line ends of its file', () => {
    const text = written('* @acme/everyone\r\n');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(written(text)).toBe(text);
  });

  it('leaves every other byte as it is, and writing it twice is writing it once', () => {
    const piece = fc.constantFrom('* @a\n', '# note\r\n', ' ', '\t', 'ä', '\n', '\r', '#rolewright: begin', '\uFEFF');
    const outside = fc.array(piece).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(outside, outside, (before, after) => {
        const old = `${before}\n# rolewright: begin\nold\n# rolewright: end\n${after}`;
        const once = written(old);
        expect(once.startsWith(`${before}\n# rolewright: begin`)).toBe(true);
        expect(once.endsWith(`# rolewright: end\n${after}`)).toBe(true);
        expect(written(once)).toBe(once);
        expect(written(before).startsWith(before)).toBe(true);
        expect(written(written(before))).toBe(written(before));
      }),
    );
  });

  it.each([
    ['# rolewright: begin\n/roles/ @a\n', 1],
    ['* @a\n# rolewright: end\n', 2],
    ['# rolewright: end\n# rolewright: begin\n', 1],
    ['# rolewright: begin\n# rolewright: end\n# rolewright: begin\n# rolewright: end\n', 1],
  ])('is refused where its marks are no pair: %j', (text, line) => {
    expect(findBlock(text)).toEqual({ kind: 'broken', line });
  });
});

describe('an owner', () => {
  it.each([
    ['@dana', '@dana'],
    ['@acme/platform.team', '@acme/platform.team'],
    ['dana@example.com', 'dana@example.com'],
    ['platform', '@acme/platform'],
  ])('%s is %s', (owner, text) => {
    expect(codeOwner(owner, 'acme')).toEqual({ kind: 'owner', text });
  });

  it.each(['Platform Team', '@', '@acme/', '@acme/a b', 'a@b @c', 'x\n* @mallory', '# note', '-x', '@a-'])(
    '%j is nobody whom GitHub could ask',
    (owner) => expect(codeOwner(owner, 'acme')).toEqual({ kind: 'nobody' }),
  );

  it('that is a team needs its organization', () => {
    expect(codeOwner('platform', null)).toEqual({ kind: 'team-without-organization' });
  });
});
