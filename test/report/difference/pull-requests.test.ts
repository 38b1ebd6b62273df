import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entriesOf } from '../../../src/report/difference/entries.ts';
import { differenceMarkdown, markdownLimit } from '../../../src/report/difference/markdown.ts';
import { differenceOf, pullRequestFolder, pullRequests } from './cases.ts';

/**
 * Each folder of test/cases/pull-requests/ is a pull request, `base/` and `head/`, and the comment that its reviewer should read,
 * word for word: a specification, in which every byte counts. Where the comment is wanted otherwise, change `expected.md` by hand. Where
 * many are to follow a change of words, `REVIEWED=<name>` (or `REVIEWED=all`) before the command writes what comes out now; read each
 * of them as a reviewer before it is committed.
 */
describe('golden pull requests', () => {
  it.for(pullRequests())('%s', (name) => {
    const file = join(pullRequestFolder, name, 'expected.md');
    const comment = differenceMarkdown(differenceOf(name), markdownLimit);
    const reviewed = process.env.REVIEWED ?? '';
    if (reviewed === name || reviewed === 'all') writeFileSync(file, comment);
    expect(comment, `REVIEWED=${name} writes it, once every word is right`).toBe(readFileSync(file, 'utf8'));
  });

  it('are what the README shows', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const lines = differenceMarkdown(differenceOf('parent-of-six-widened'), markdownLimit).trimEnd().split('\n');
    expect(readme).toContain(lines.map((line) => `> ${line}`.trimEnd()).join('\n'));
  });

  it('are many', () => {
    expect(pullRequests().length).toBeGreaterThanOrEqual(38);
  });

  it.for(pullRequests())('%s: who may do more is told exactly where somebody may', (name) => {
    const difference = differenceOf(name);
    const { more, less } = entriesOf(difference);
    const { summary, provisioning } = difference;
    const goes = (...directions: readonly string[]) =>
      provisioning.some(({ direction }) => [...directions, 'both'].includes(direction));
    expect(more.length > 0).toBe(summary.widening > 0 || goes('widening'));
    expect(less.length > 0).toBe(summary.narrowing > 0 || goes('narrowing'));
  });
});
