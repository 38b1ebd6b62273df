import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../src/language/source.ts';
import { differenceMarkdown, markdownLimit } from '../../../src/report/difference/markdown.ts';
import { cutMarkdown } from '../../../src/report/markdown-cut.ts';
import { differenceOf, differenceOfFiles, pullRequests } from './cases.ts';

const many = 600;

/** Six hundred roles, each of which gains a permission of its own; one in ten is sensitive, and one in three loses another. */
function hugePullRequest(): readonly [base: readonly SourceFile[], head: readonly SourceFile[]] {
  const numbers = Array.from({ length: many }, (_, index) => index);
  const permission = (number: number) =>
    `        - name: gained-${number}\n          title: The Right to Change Record Number ${number}\n${number % 10 === 0 ? '          sensitive: true\n' : ''}          whenDenied:\n            refused:\n              - change record number ${number}\n        - name: lost-${number}\n`;
  const catalog = `apiVersion: rolewright/v1\nkind: PermissionCatalog\nmetadata:\n  name: archive\nspec:\n  version: 1.0.0\n  sections:\n    - name: records\n      permissions:\n${numbers.map(permission).join('')}        - name: read\n`;
  const role = (number: number, grants: readonly string[]) => ({
    path: `roles/archive/roles/clerk-${number}.yaml`,
    text: `apiVersion: rolewright/v1\nkind: Role\nmetadata:\n  application: archive\n  name: clerk-${number}\nspec:\n  grants:\n${grants.map((name) => `    - records/${name}\n`).join('')}`,
  });
  const shared = { path: 'roles/archive/catalog.yaml', text: catalog };
  const loses = (number: number) => number % 3 === 0;
  return [
    [shared, ...numbers.map((number) => role(number, [...(loses(number) ? [`lost-${number}`] : []), 'read']))],
    [shared, ...numbers.map((number) => role(number, [`gained-${number}`, 'read']))],
  ];
}

const huge = differenceOfFiles(...hugePullRequest());
const whole = differenceMarkdown(huge, Number.POSITIVE_INFINITY);

describe('a comment that would be too long', () => {
  const cut = differenceMarkdown(huge, markdownLimit);

  it('is as long as there is room, and says at the top what is missing', () => {
    expect(whole.length).toBeGreaterThan(2 * markdownLimit);
    expect(cut.length).toBeLessThanOrEqual(markdownLimit);
    expect(cut.length).toBeGreaterThan(markdownLimit - 500);
    const [sentence, , alert, notice] = cut.split('\n');
    expect(sentence).toBe('### archive: 600 roles gain 600 permissions (60 sensitive); 200 roles lose 200 permissions');
    expect(alert).toBe('> [!IMPORTANT]');
    const shown = Number(/Only (\d+) entries of 800 are shown/u.exec(notice ?? '')?.[1]);
    expect(cut.match(/^- /gmu)).toHaveLength(shown);
    expect(cut.endsWith(`\n**Cut here: ${800 - shown} entries are not shown.**\n`)).toBe(true);
  });

  it('keeps what is sensitive, and shows it unfolded', () => {
    const unfolded = cut.slice(0, cut.indexOf('<details>'));
    expect(unfolded.match(/⚠&nbsp;\*\*sensitive\*\*/gu)).toHaveLength(60);
  });

  it('is cut between entries only, wherever the limit is', () => {
    const lines = new Set(whole.split('\n'));
    for (const limit of [700, 3_000, 12_345, 40_000]) {
      const text = differenceMarkdown(huge, limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      const foreign = text.split('\n').filter((line) => !lines.has(line));
      expect(foreign.filter((line) => !/^> |^\*\*Cut here: /u.test(line))).toEqual([]);
      // An entry is whole: its last line is the one with the place.
      expect(text.match(/^- /gmu)?.length ?? 0).toBe(text.match(/ at `roles/gu)?.length ?? 0);
    }
  });

  it('leaves no tag open, wherever the limit is', () => {
    const items = (name: string) => Array.from({ length: 9 }, (_, index) => `- ${name} ${index}\n  - so it is`);
    const sections = [
      { opening: '#### Seen\n', items: items('seen'), closing: '' },
      { opening: '<details>\n<summary>Folded</summary>\n', items: items('folded'), closing: '\n\n</details>' },
      { opening: '#### Nothing\n', items: [], closing: '' },
      { opening: '<details>\n<summary>Last</summary>\n', items: items('last'), closing: '\n\n</details>' },
    ];
    const all = cutMarkdown('### All', sections, Number.POSITIVE_INFINITY);
    expect(all).not.toContain('Nothing');
    for (let limit = 250; limit < all.length; limit += 1) {
      const text = cutMarkdown('### All', sections, limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(text.match(/<details/gu)?.length).toBe(text.match(/<\/details>/gu)?.length);
      expect(text.match(/^- /gmu)?.length).toBe(text.match(/^ {2}- so it is$/gmu)?.length);
      const left = /\*\*Cut here: (\d+) entr/u.exec(text)?.[1];
      expect((text.match(/^- /gmu)?.length ?? 0) + Number(left)).toBe(27);
    }
  });

  it('is whole where it fits exactly', () => {
    expect(differenceMarkdown(huge, whole.length)).toBe(whole);
    expect(differenceMarkdown(huge, whole.length - 1)).toContain('Cut here');
  });
});

describe('a comment on a pull request', () => {
  it.for(pullRequests())('%s: begins with one sentence as its heading', (name) => {
    const markdown = differenceMarkdown(differenceOf(name), markdownLimit);
    expect(markdown.match(/^### .+$/gmu)).toHaveLength(1);
    expect(markdown.startsWith('### ')).toBe(true);
    expect(markdown.endsWith('\n')).toBe(true);
  });

  it('never says that nobody may do more where somebody may', () => {
    for (const name of pullRequests()) {
      const difference = differenceOf(name);
      const { summary, provisioning } = difference;
      const isNeutral = summary.widening + summary.narrowing + provisioning.length === 0;
      const [sentence = ''] = differenceMarkdown(difference, markdownLimit).split('\n');
      expect(/nobody may do more or less|exactly what they could before/u.test(sentence), name).toBe(isNeutral);
    }
  });

  it('tells of rules first', () => {
    const markdown = differenceMarkdown(differenceOf('exception-added'), markdownLimit);
    expect(markdown.indexOf('[!CAUTION]')).toBeLessThan(markdown.indexOf('May do more'));
  });
});
