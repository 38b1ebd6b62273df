import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deployCliVersion } from '../../tools/head-to-head/deploy-cli.ts';
import { situations } from '../../tools/head-to-head/situations.ts';
import { withTables } from '../../tools/head-to-head/tables.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/comparison.md'), 'utf8');
const [, printed = ''] = page.split(/<!-- head-to-head: (?:begin|end) -->/u);

/** The rows of a situation's table, by the tool that they are of. */
function rowsOf(id: string): ReadonlyMap<string, readonly string[]> {
  const [, section = ''] = printed.split(`### ${id}  `);
  const rows = (section.split('\n### ')[0] ?? '').split('\n').filter((line) => /^\| [A-Za-z]/u.test(line));
  return new Map(rows.map((row) => row.split(' | ')).map(([name = '', ...cells]) => [name.replace('| ', ''), cells]));
}

describe('docs/comparison.md', () => {
  it('has a table of every situation, in the words of the script, and of no other', () => {
    const headings = [...printed.matchAll(/^### (?<heading>.*)\n\n(?<what>.*)\n/gmu)].map(({ groups }) => groups);
    expect(headings).toEqual(situations.map(({ id, title, what }) => ({ heading: `${id}  ${title}`, what })));
    expect(printed).toContain(`auth0-deploy-cli ${deployCliVersion}: `);
  });

  it.each(situations.map(({ id, fault }) => [id, fault !== null] as const))(
    'has a row of every tool for %s',
    (id, isFailing) => {
      const names = ['auth0-deploy-cli', 'Pulumi', 'Rolewright'];
      expect([...rowsOf(id).keys()]).toEqual(
        names.flatMap((name) => (isFailing ? [name, `${name}, once more`] : [name])),
      );
      for (const cells of rowsOf(id).values()) {
        expect(cells).toHaveLength(6);
        expect(cells.slice(1, 4)).toEqual([1, 2, 3].map(() => expect.stringMatching(/^\d+$/u)));
      }
    },
  );

  it('says of Rolewright what has to be true of it', () => {
    const fewest = (id: string) => Number(rowsOf(id).get('Rolewright')?.[3]);
    const writes = (id: string) => Number(rowsOf(id).get('Rolewright')?.[1]);
    expect(['M1', 'M3', 'M4', 'M7a', 'M7b', 'M7c'].map(writes)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(['M1', 'M2', 'M3', 'M4', 'M6a', 'M7a', 'M7b', 'M7c'].map(fewest)).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
    expect(rowsOf('M2').get('Rolewright, once more')?.[4]).toContain('`read:exports`');
  });
});

describe('the tables of a page', () => {
  it('stand between its markers, and nothing else of it changes', () => {
    const old = 'above\n<!-- head-to-head: begin -->\nold\n<!-- head-to-head: end -->\nbelow\n';
    const expected = 'above\n<!-- head-to-head: begin -->\n\nnew\n\n<!-- head-to-head: end -->\nbelow\n';
    expect(withTables(old, 'new\n')).toBe(expected);
    expect(withTables(expected, 'new\n')).toBe(expected);
    expect(() => withTables('no markers', 'new')).toThrow(/markers|must have/u);
  });
});
