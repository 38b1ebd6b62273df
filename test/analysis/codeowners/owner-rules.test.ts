import { describe, expect, it } from 'vitest';
import { blockLines } from '../../../src/analysis/codeowners/block.ts';
import type { Layout } from '../../../src/analysis/codeowners/owner-rules.ts';
import { ownerRules } from '../../../src/analysis/codeowners/owner-rules.ts';
import { parse } from '../../../src/language/parse/parse.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import { validate } from '../../../src/language/validate/validate.ts';
import { check } from '../../../src/pipeline.ts';
import { owned, ownedShop, withoutOwners } from './owned-repository.ts';

const layout: Layout = { folder: '', documents: 'roles', codeowners: '.github/CODEOWNERS' };

function rulesOf(files: readonly SourceFile[], where = layout) {
  const [model, problems] = check(files, { asOf: '2026-11-21' });
  if (model === null) throw new Error(JSON.stringify(problems));
  return ownerRules(validate(parse(files)[0])[0], model, where);
}

/** Whom GitHub would ask about a file: the owners of the last line whose pattern matches, none if none does. */
function asked(files: readonly SourceFile[], path: string, where = layout): readonly string[] {
  const lines = blockLines(rulesOf(files, where), 'acme').filter((line) => !line.startsWith('#'));
  const matching = lines
    .map((line) => line.split(/(?<!\\) /u))
    .filter(([pattern = '']) => {
      const text = pattern
        .replaceAll('\\ ', ' ')
        .replace(/[.+^${}()|]/gu, '\\$&')
        .replaceAll('?', '[^/]');
      return new RegExp(`^${text}${text.endsWith('/') ? '' : '$'}`, 'u').test(`/${path}`);
    });
  return (matching.at(-1) ?? []).slice(1);
}

describe('who is asked about a document', () => {
  it('are its own owners, else those of its catalog', () => {
    expect(asked(ownedShop, 'roles/shop/roles/clerk.yaml')).toEqual(['@acme/clerks']);
    expect(asked(ownedShop, 'roles/shop/roles/guest.yaml')).toEqual(['@acme/catalog-team']);
    expect(asked(ownedShop, 'roles/shop/catalog.yaml')).toEqual(['@acme/catalog-team']);
  });

  it('are the catalog’s as well where it holds a sensitive permission, also by inheritance', () => {
    expect(asked(ownedShop, 'roles/shop/roles/manager.yaml')).toEqual(['@acme/catalog-team']);
    expect(asked(ownedShop, 'roles/shop/roles/shift lead.yaml')).toEqual(['@acme/catalog-team', 'lead@example.com']);
    const harmless = ownedShop.map((file) => ({ ...file, text: file.text.replace('order:refund', 'order:view') }));
    expect(asked(harmless, 'roles/shop/roles/shift lead.yaml')).toEqual(['lead@example.com']);
  });

  it('are the controllers where neither it nor its catalog has owners: those of production first', () => {
    const orphaned = withoutOwners(ownedShop, 'roles/shop/');
    expect(asked(orphaned, 'roles/shop/roles/guest.yaml')).toEqual(['@acme/security']);
    const staging = withoutOwners(orphaned, 'roles/environments/production');
    expect(asked(staging, 'roles/shop/roles/guest.yaml')).toEqual(['@dana']);
    expect(asked(withoutOwners(ownedShop, 'roles/environments/'), 'stacks/Pulumi.dev.yaml')).toEqual([
      '@acme/catalog-team',
    ]);
    expect(asked(withoutOwners(ownedShop, 'roles/'), 'roles/shop/roles/guest.yaml')).toEqual([]);
  });

  it('is known for a file that is not there yet, and for one of an application that is not', () => {
    expect(asked(ownedShop, 'roles/shop/roles/new.yaml')).toEqual(['@acme/catalog-team']);
    expect(asked(ownedShop, 'roles/new-application/catalog.yaml')).toEqual(['@acme/security']);
  });

  it('are all owners of the documents of a file', () => {
    const clerk = ownedShop.find(({ path }) => path.endsWith('clerk.yaml'));
    const both = [
      ...ownedShop.filter((file) => file !== clerk && !file.path.endsWith('constraints.yaml')),
      { path: 'roles/shop/more.yaml', text: `${clerk?.text}---\n${ownedShop[5]?.text}` },
    ];
    expect(asked(both, 'roles/shop/more.yaml')).toEqual(['@acme/auditors', '@acme/clerks']);
  });

  it('is found behind spaces and what the syntax has no escape for', () => {
    const path = 'roles/shop/roles/odd [#1] *!.yaml';
    const odd = owned(path, 'Role', 'odd', ['@odd'], 'grants:\n  - orders/order:view\n');
    expect(asked([...ownedShop, odd], path)).toEqual(['@odd']);
    expect(blockLines(rulesOf([...ownedShop, odd]), 'acme')).toContain('/roles/shop/roles/odd\\ ??1?\\ ??.yaml @odd');
  });
});

describe('who is asked about what judges a change', () => {
  it.each([
    '.github/CODEOWNERS',
    '.github/workflows/permissions.yaml',
    '.github/actions/own/action.yml',
    'policy/index.ts',
    'rolewright.config.yaml',
    'stacks/Pulumi.production.yaml',
    'package-lock.json',
    'roles/environments/production.yaml',
  ])('%s: the owners of the environments for production', (path) => {
    expect(asked(ownedShop, path)).toEqual(['@acme/security']);
  });

  it('a constraint: its own owners, else the catalog’s', () => {
    expect(asked(ownedShop, 'roles/shop/constraints.yaml')).toEqual(['@acme/auditors']);
    expect(asked(withoutOwners(ownedShop, 'roles/shop/constraints'), 'roles/shop/constraints.yaml')).toEqual([
      '@acme/catalog-team',
    ]);
  });

  it('in a folder of a larger repository: ours, and the workflows at its root', () => {
    const nested = { ...layout, folder: 'tools/permissions/' };
    expect(asked(ownedShop, 'tools/permissions/stacks/x.yaml', nested)).toEqual(['@acme/security']);
    expect(asked(ownedShop, 'tools/permissions/roles/shop/roles/clerk.yaml', nested)).toEqual(['@acme/clerks']);
    expect(asked(ownedShop, '.github/workflows/x.yaml', nested)).toEqual(['@acme/security']);
    expect(asked(ownedShop, 'stacks/x.yaml', nested)).toEqual([]);
    expect(asked(ownedShop, 'package.json', nested)).toEqual([]);
  });
});

describe('the rules', () => {
  it('name a file only where its owners differ from those of its folder', () => {
    const { files } = rulesOf(ownedShop);
    expect(files.map(({ path }) => path)).toEqual([
      'roles/environments/staging.yaml',
      'roles/shop/constraints.yaml',
      'roles/shop/roles/clerk.yaml',
      'roles/shop/roles/shift lead.yaml',
    ]);
  });

  it('are none where nobody owns anything: a line without owners would take away what another line gives', () => {
    expect(rulesOf(withoutOwners(ownedShop, 'roles/'))).toEqual({ folders: [], files: [], controls: [] });
  });

  it('do not depend on the order of the files', () => {
    expect(rulesOf(ownedShop.toReversed())).toEqual(rulesOf(ownedShop));
  });
});
