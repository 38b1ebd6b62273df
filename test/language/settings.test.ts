import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sortDiagnostics } from '../../src/language/diagnostic.ts';
import { defaultSettings, loadSettings } from '../../src/language/settings.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with these files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-settings-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const load = (text: string, files: Readonly<Record<string, string>> = {}) =>
  loadSettings(folderWith({ ...files, 'rolewright.config.yaml': text }));

/** What is wrong with settings, as `line:column code message`. */
const problems = async (text: string, files: Readonly<Record<string, string>> = {}) => {
  const [settings, diagnostics] = await load(text, files);
  expect({ ...settings, files: [] }).toEqual(defaultSettings);
  return sortDiagnostics(diagnostics).map(
    ({ place, code, message }) => `${place?.line}:${place?.column} ${code} ${message}`,
  );
};

describe('settings', () => {
  it('are the defaults where there is no file', async () => {
    expect(await loadSettings(folderWith({}))).toEqual([defaultSettings, []]);
    expect(defaultSettings.documents).toBe('roles');
  });

  it('are the defaults where the file says nothing', async () => {
    expect(await problems('# nothing yet\n')).toEqual([]);
  });

  it('say where the documents lie, what tests cover, and how lints are told', async () => {
    const text = `documents: access/roles
coverage:
  productiv: 100%
  flex-rental: 60%
lints:
  file-name: off
  unheld-permission: error
`;
    const [settings, diagnostics] = await load(text);
    expect(diagnostics).toEqual([]);
    const place = (line: number, endColumn: number) => ({
      file: 'rolewright.config.yaml',
      line,
      column: 3,
      endLine: line,
      endColumn,
    });
    expect(settings).toEqual({
      documents: 'access/roles',
      coverage: [
        { application: 'productiv', percent: 100, place: place(3, 12) },
        { application: 'flex-rental', percent: 60, place: place(4, 14) },
      ],
      lints: { 'file-name': 'off', 'unheld-permission': 'error' },
      annotations: null,
      files: [{ path: 'rolewright.config.yaml', text }],
    });
  });

  it('have no unknown keys, lints and levels; the nearest one is suggested', async () => {
    const text = 'document: roles\nlints:\n  filename: off\n  redundant-grant: of\n';
    expect(await problems(text)).toEqual([
      '1:1 RW1103 unknown key "document"',
      '3:3 RW1103 unknown key "filename"',
      '4:20 RW1106 redundant-grant cannot be "of"',
    ]);
    const [, diagnostics] = await load(text);
    expect(sortDiagnostics(diagnostics).map(({ suggestion }) => suggestion)).toEqual(['documents', 'file-name', 'off']);
  });

  it.each([['/etc'], ['../roles'], ['roles/../..'], ['roles/'], ['.'], ['roles//a'], ['roles\\a'], ['c:/roles']])(
    'keep to the repository: documents: %s is refused',
    async (path) => {
      expect(await problems(`documents: ${path}\n`)).toEqual([`1:12 RW1107 documents cannot be written "${path}"`]);
    },
  );

  it.each([['a'], ['.access/roles'], ['a..b/c.d'], ['my roles']])('documents: %s is a path', async (path) => {
    const [settings, diagnostics] = await load(`documents: ${path}\n`);
    expect([settings.documents, diagnostics]).toEqual([path, []]);
  });

  it('are the YAML that documents are', async () => {
    expect(await problems('lints: {file-name: off}\n')).toEqual(['1:8 RW1005 a map in flow style']);
    expect(await problems('coverage:\n  productiv: 80%\n  productiv: 90%\n')).toHaveLength(1);
    expect(await problems('- lints\n')).toEqual(['1:1 RW1016 a document that is a list']);
    expect(await problems('documents: roles\n---\ndocuments: other\n')).toEqual([
      '3:1 RW1201 a second document of settings',
    ]);
  });

  it('want a share in per cent', async () => {
    expect(await problems('coverage:\n  productiv: 101%\n')).toEqual([
      '2:14 RW1107 productiv cannot be written "101%"',
    ]);
  });

  it('that cannot be read are told, and are no defaults by accident', async () => {
    const folder = folderWith({ 'rolewright.config.yaml/x': '' });
    const [, [problem]] = await loadSettings(folder);
    expect(problem?.code).toBe('RW1019');
  });

  it('name a JSON Schema for annotations that exists and is one', async () => {
    const text = 'annotations: schemas/annotations.json\n';
    const told = (schema: string) => problems(text, { 'schemas/annotations.json': schema });
    expect(await problems(text)).toEqual([
      '1:14 RW1202 the JSON Schema schemas/annotations.json cannot be used: there is no such file',
    ]);
    expect((await told('{'))[0]).toMatch(/^1:14 RW1202 .*JSON/u);
    expect((await told('[]'))[0]).toMatch(/it is no JSON Schema$/u);
    expect((await told('{"type": "strin"}'))[0]).toMatch(/schema is invalid/u);
    expect((await told('{"requird": []}'))[0]).toMatch(/unknown keyword: "requird"/u);
    expect((await told('{"$ref": "https://example.com/x.json"}'))[0]).toMatch(/can't resolve reference/u);
    const [settings, diagnostics] = await load(text, { 'schemas/annotations.json': '{"type": "object"}' });
    expect(diagnostics).toEqual([]);
    expect(settings.annotations).toBeTypeOf('function');
  });
});
