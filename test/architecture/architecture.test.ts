import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importTable, longFiles, packageRooms } from './import-table.ts';

const source = join(import.meta.dirname, '../../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(source, path), 'utf8') }));

/** The room of a file, as the table names it, and the folder that it shares with its own. */
function roomOf(path: string): { readonly room: string; readonly folder: string } {
  const [first = '', second = ''] = path.split('/');
  const isParted = `${first}/*` in importTable;
  return isParted ? { room: `${first}/*`, folder: `${first}/${second}` } : { room: first, folder: first };
}

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/gu)].map(([, specifier]) => specifier ?? '');
}

/** Imports that the table forbids: "cli/main.ts imports reconcile/up.ts". */
function forbiddenImports(all: readonly { readonly path: string; readonly text: string }[]): readonly string[] {
  return all.flatMap(({ path, text }) => {
    const from = roomOf(path);
    return importsOf(text).flatMap((specifier) => {
      if (specifier.startsWith('.')) {
        const target = relative(source, join(source, dirname(path), specifier));
        if (target === '../package.json') return [];
        const to = roomOf(target);
        const allowed = from.folder === to.folder || importTable[from.room]?.includes(to.room) === true;
        return allowed ? [] : [`${path} imports ${target}`];
      }
      const owner = Object.entries(packageRooms).find(
        ([name]) => specifier === name || specifier.startsWith(`${name}/`),
      );
      return owner === undefined || owner[1].includes(from.room) ? [] : [`${path} imports ${specifier}`];
    });
  });
}

describe('the shape of src/', () => {
  it('has no import that the table forbids', () => {
    expect(forbiddenImports(files)).toEqual([]);
  });

  it('is held to the table: a forbidden import would be found', () => {
    const stray = [
      { path: 'language/parse/x.ts', text: "import { a } from '../../model/a.ts';" },
      { path: 'analysis/matrix/x.ts', text: "import { a } from '../explain/a.ts';" },
      { path: 'model/x.ts', text: "const a = await import('@pulumi/pulumi');" },
    ];
    expect(forbiddenImports(stray)).toEqual([
      'language/parse/x.ts imports model/a.ts',
      'analysis/matrix/x.ts imports analysis/explain/a.ts',
      'model/x.ts imports @pulumi/pulumi',
    ]);
  });

  it('plans a change without knowing for which identity provider, but for the action at sign-in', () => {
    const ofAuth0 = files
      .filter(({ path }) => path.startsWith('reconcile/'))
      .flatMap(({ text }) => importsOf(text))
      .flatMap((specifier) => /targets\/.*$/u.exec(specifier) ?? []);
    const signIn = ['action/action-code.ts', 'action/sign-in-policy.ts', 'lower-just-in-time.ts'];
    expect([...new Set(ofAuth0)].toSorted()).toEqual(signIn.map((file) => `targets/auth0/${file}`));
  });

  it('has only rooms that the table knows', () => {
    const rooms = new Set(files.map(({ path }) => roomOf(path).room));
    expect([...rooms].filter((room) => !(room in importTable))).toEqual([]);
  });

  it('has no file over 500 lines, and over 300 only those with a reason', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 300).map(({ path }) => path);
    expect(long.toSorted()).toEqual(Object.keys(longFiles).toSorted());
    expect(files.filter(({ text }) => text.split('\n').length > 500).map(({ path }) => path)).toEqual([]);
  });

  it('has no barrel, and no room for what has no name', () => {
    const nameless = /(^|\/)(index|utils?|helpers?|common|misc|shared|lib)(\.ts|\/)/u;
    expect(files.filter(({ path }) => path !== 'index.ts' && nameless.test(path)).map(({ path }) => path)).toEqual([]);
  });
});
