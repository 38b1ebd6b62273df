import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sortDiagnostics } from '../../src/language/diagnostic.ts';
import { migrateSource } from '../../src/language/migrate/migrate.ts';
import { olderVersions } from '../../src/language/migrate/older-versions.ts';
import type { SourceFile } from '../../src/language/source.ts';
import { check } from '../../src/pipeline.ts';
import { written } from '../support/cases.ts';

const folder = join(import.meta.dirname, 'migrate');
const documents = (name: 'before' | 'after'): readonly SourceFile[] =>
  readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(folder, name, path), 'utf8') }));

const before = documents('before');
const after = documents('after');

/** A role of the older version; its lines stand at the line numbers that the tests name. */
function role(...spec: readonly string[]): SourceFile {
  const heading = ['apiVersion: rolewright/v1alpha1', 'kind: Role', 'metadata:', '  app: shop', '  name: seller'];
  return { path: 'roles/seller.yaml', text: `${[...heading, 'spec:', ...spec].join('\n')}\n` };
}

/** Diagnostics of a file that must come back as it was. */
function refusal(file: SourceFile): string {
  const [text, problems] = migrateSource(file);
  expect(text).toBe(file.text);
  return written(sortDiagnostics(problems));
}

describe('migrating a repository of rolewright/v1alpha1', () => {
  it.each(before)('$path becomes what was written down by hand', ({ path, text }) => {
    const [migrated, problems] = migrateSource({ path, text });
    expect(problems).toEqual([]);
    expect(migrated).toBe(after.find((file) => file.path === path)?.text);
  });

  it('ends with documents in which nothing is wrong, and which are not migrated again', () => {
    const [, problems] = check(after);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(after.map((file) => migrateSource(file)[0])).toEqual(after.map(({ text }) => text));
  });

  it('reads CR LF and a byte order mark, and writes neither', () => {
    for (const { path, text } of before.filter(({ text }) => text.includes('v1alpha1'))) {
      const [migrated] = migrateSource({ path, text: `\uFEFF${text.replaceAll('\n', '\r\n')}` });
      expect(migrated).toBe(after.find((file) => file.path === path)?.text);
    }
  });

  it('is what check asks for, and check reads none of it on the side', () => {
    const [, problems] = check(before);
    const versions = problems.filter(({ code }) => code === 'RW1101');
    expect(versions).toHaveLength(6);
    expect(written(versions.slice(0, 1))).toBe(
      `roles/environments/dev.yaml:1:13-1:32  error RW1101  unknown apiVersion "rolewright/v1alpha1"
    expected: rolewright/v1
    help: it is an older version: \`rolewright migrate\` rewrites the document
`,
    );
  });
});

describe('a document that cannot be migrated stays as it is, and is told at its place', () => {
  it('for a word that no version knows', () => {
    const file = {
      path: 'dev.yaml',
      text: 'apiVersion: rolewright/v1alpha1\nkind: Environment\nmetadata:\n  name: dev\nspec:\n  stage: prodd\n',
    };
    expect(refusal(file)).toBe(`dev.yaml:6:10-6:15  error RW1106  stage cannot be "prodd"
    expected: one of dev, test, prod
    suggestion: prod
`);
  });

  it('for what stands there in the words of both versions', () => {
    expect(refusal(role('  inherits:', '    - clerk', '  extends: manager', '  title: Seller'))).toBe(
      `roles/seller.yaml:9:3-9:10  error RW1004  the key "inherits" stands here twice
    help: "extends" is the older word for "inherits"
    related: roles/seller.yaml:7:3 and here
`,
    );
    const titled = role('  title: Seller', '  permissions:', '    - sales/refunds');
    expect(refusal({ ...titled, text: titled.text.replace('  name: seller', '  name: seller\n  title: Person') })).toBe(
      `roles/seller.yaml:8:3-8:8  error RW1004  the key "title" stands here twice
    help: it stands under "metadata" now
    related: roles/seller.yaml:6:3 and here
`,
    );
  });

  it('for what would not be right afterwards, said of the line as it is', () => {
    expect(refusal(role('  # whose', '  title: Seller', '  grnts:', '    - sales/orders@view', '  extends: no'))).toBe(
      `roles/seller.yaml:9:3-9:8  error RW1103  unknown key "grnts"
    expected: one of assignable, restrictable, onlyIn, inherits, grants, covers
    suggestion: grants
roles/seller.yaml:11:12-11:14  error RW1112  "no" cannot be a name
    expected: another word; write what it is
`,
    );
  });

  it('for YAML that the language does not read', () => {
    expect(refusal(role('  permissions: [sales/orders@view]'))).toContain('error RW1005  a list in flow style');
    expect(refusal(role('  permissions:', '  - a', ' - b'))).toContain('error RW1003');
  });

  it('for an unknown version, with those that are known', () => {
    const file = role('  extends: clerk');
    expect(refusal({ ...file, text: file.text.replace('v1alpha1', 'v1beta1') })).toBe(
      `roles/seller.yaml:1:13-1:31  error RW1101  unknown apiVersion "rolewright/v1beta1"
    expected: one of rolewright/v1, ${olderVersions.join(', ')}
    suggestion: rolewright/v1alpha1
`,
    );
  });

  it('and so do documents of the current version, and of none, whatever is wrong with them', () => {
    expect(refusal({ path: 'a.yaml', text: 'apiVersion: rolewright/v1\nkind: Rol\n' })).toBe('no problems\n');
    expect(refusal({ path: 'a.yaml', text: 'kind: Role\nspec:\n  extends:   a\n' })).toBe('no problems\n');
    expect(refusal({ path: 'a.yaml', text: '# nothing yet\n' })).toBe('no problems\n');
  });
});
