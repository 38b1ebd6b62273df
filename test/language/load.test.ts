import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sortDiagnostics } from '../../src/language/diagnostic.ts';
import { loadSources } from '../../src/language/load.ts';
import { written } from '../support/cases.ts';

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

describe('loadSources', () => {
  it('reads every .yaml and .yml file below roles/, sorted by path, whatever its folder is called', async () => {
    const root = repositoryOf({
      'roles/b.yml': 'b',
      'roles/shop.yaml/a.yaml': 'a',
      'roles/C.YAML': 'c',
      'roles/notes.md': 'no',
      'roles/.hidden/x.yaml': 'no',
      'roles/.x.yaml': 'no',
      'elsewhere/x.yaml': 'no',
    });
    const [files, diagnostics] = await loadSources(root);
    expect(files).toEqual([
      { path: 'roles/C.YAML', text: 'c' },
      { path: 'roles/b.yml', text: 'b' },
      { path: 'roles/shop.yaml/a.yaml', text: 'a' },
    ]);
    expect(diagnostics).toEqual([]);
  });

  it('says where to run it when there is nothing to read', async () => {
    expect(await told(repositoryOf({ 'README.md': '' }))).toBe(
      'no place  error RW1020  no YAML files below roles/\n' +
        '    expected: a repository with documents in it\n' +
        '    help: run it at the root of the repository, or use --cwd\n',
    );
  });

  it('refuses 50 MB of brackets by their size, and does not read them', async () => {
    const root = repositoryOf({ 'roles/big.yaml': Buffer.alloc(50_000_000, '[') });
    const before = process.memoryUsage().arrayBuffers;
    expect(await told(root)).toBe(
      'roles/big.yaml:1:1-1:1  error RW1002  the file has 50000000 bytes; at most 2097152 are read, so that no input ' +
        'can exhaust the machine\n    help: split it: one document a file reads best\n',
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it('says so when a link stands where documents are, because it follows none', async () => {
    const root = repositoryOf({ 'roles/a.yaml': 'a', 'elsewhere/b.yaml': 'b' });
    symlinkSync(join(root, 'elsewhere/b.yaml'), join(root, 'roles/b.yaml'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'roles/folder'));
    symlinkSync(join(root, 'nowhere.md'), join(root, 'roles/notes.md'));
    const [files] = await loadSources(root);
    expect(files.map(({ path }) => path)).toEqual(['roles/a.yaml']);
    expect(await told(root)).toBe(
      'roles/b.yaml:1:1-1:1  error RW1019  cannot be read: it is a link, and links are not followed\n' +
        'roles/folder:1:1-1:1  error RW1019  cannot be read: it is a link, and links are not followed\n',
    );
  });

  it('says so when roles/ is no folder', async () => {
    expect(await told(repositoryOf({ roles: 'a file' }))).toBe(
      'roles:1:1-1:1  error RW1019  cannot be read: ENOTDIR\n',
    );
  });
});

describe('a file that is not UTF-8', () => {
  it.for([
    ['a byte that begins no character', [...utf8('a: é\nbé: '), 0xe4], '2:5-2:6', 12],
    ['a character that is not ended', [...utf8('a: é\nb: '), 0xc3, ...utf8('(')], '2:4-2:5', 10],
    ['a character that the file cuts off', [...utf8('a: '), 0xe2, 0x82], '1:4-1:5', 4],
    ['half of a character', [...utf8('a: '), 0xed, 0xa0, 0x80], '1:4-1:5', 4],
    ['a character in too many bytes', [...utf8('a: '), 0xc0, 0xaf], '1:4-1:5', 4],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00], '1:1-1:2', 1],
  ] as const)('is refused at its first wrong byte: %s', async ([, bytes, place, byte]) => {
    expect(await told(repositoryOf({ 'roles/a.yaml': Buffer.from(bytes), 'roles/b.yaml': 'b' }))).toBe(
      `roles/a.yaml:${place}  error RW1001  not UTF-8: byte ${byte} begins no character\n` +
        '    expected: UTF-8\n    help: save the file as UTF-8\n',
    );
  });

  it('does not hide the others', async () => {
    const [files] = await loadSources(repositoryOf({ 'roles/a.yaml': Buffer.from([0xff]), 'roles/b.yaml': 'b' }));
    expect(files).toEqual([{ path: 'roles/b.yaml', text: 'b' }]);
  });
});

function repositoryOf(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), 'rolewright-load-'));
  roots.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

async function told(root: string): Promise<string> {
  const [, diagnostics] = await loadSources(root);
  return written(sortDiagnostics(diagnostics));
}

function utf8(text: string): readonly number[] {
  return [...Buffer.from(text)];
}
