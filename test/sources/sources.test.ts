import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { comparePermission, compareSection } from './compare-denials.ts';
import type { Problems } from './compare-facts.ts';
import {
  compareCatalog,
  compareRole,
  compareRoleTitles,
  differences,
  heldByAll,
  titleReader,
} from './compare-facts.ts';
import {
  compareColumn,
  compareCustomRoles,
  compareLevelCatalog,
  compareRestrictions,
  compareWithheld,
} from './compare-levels.ts';
import { flexFacts, flexnetFacts, productivFacts } from './facts.ts';
import type { Application, Matrix } from './matrix.ts';
import { applicationNamed, parseMatrix } from './matrix.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

const printMatrix = (): Matrix => {
  const run = spawnSync(process.execPath, ['src/cli/start.mjs', 'matrix', '--format', 'json'], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 0) throw new Error(`rolewright matrix ended with ${run.status}:\n${run.stderr}`);
  return parseMatrix(run.stdout);
};

const expectNone = (problems: Problems): void => expect(problems, problems.join('\n')).toEqual([]);

let flexnet: Application;
let flex: Application;
let productiv: Application;

beforeAll(() => {
  const matrix = printMatrix();
  flexnet = applicationNamed(matrix, 'flexnet-operations');
  flex = applicationNamed(matrix, 'flex-rental');
  productiv = applicationNamed(matrix, 'productiv');
}, 60_000);

describe('the applications', () => {
  it('have the titles by which people know them', () => {
    expect([flexnet.title, flex.title, productiv.title]).toEqual(
      [flexnetFacts, flexFacts, productivFacts].map(({ application }) => application),
    );
  });
});

describe('FlexNet Operations', () => {
  it('offers every permission of the source, each in its own group, and no other', () => {
    expectNone(compareCatalog(flexnetFacts, flexnet));
  });

  it('has the seven producer roles and no other', () => {
    expectNone(compareRoleTitles(Object.keys(flexnetFacts.roles), flexnetFacts.titleAlternatives, flexnet.roles));
  });

  it.each(Object.entries(flexnetFacts.roleTotals))('gives the %s the %i permissions of its table', (title, total) => {
    expectNone(compareRole(flexnetFacts, title, flexnet));
    const read = titleReader(flexnetFacts.titleAlternatives);
    expect(flexnet.roles.find((role) => read(role.title) === title)?.permissions).toHaveLength(total);
  });

  it('gives the same twelve permissions to everybody', () => {
    expect(heldByAll(flexnetFacts, flexnet)).toHaveLength(flexnetFacts.sharedByAll);
  });
});

describe('Flex', () => {
  it('offers every permission of the source in its six sections, Core System empty, and no other', () => {
    const sections = flexFacts.sections.map(({ title, permissions }) => ({
      title,
      permissions: permissions.map((permission) => permission.title),
    }));
    expectNone(compareCatalog({ titleAlternatives: flexFacts.titleAlternatives, sections }, flex));
  });

  it.each(flexFacts.sections.map(({ title }) => title))('tells what a user loses by each denial of the %s', (title) => {
    expectNone(compareSection(flexFacts, title, flex));
  });
});

describe('Productiv', () => {
  it('offers the twelve actions, the notifications and the upload for one app, at the levels of the source', () => {
    expectNone(compareLevelCatalog(productivFacts, productiv));
  });

  it('has the five roles of the table and no other platform role', () => {
    const platform = productiv.roles.filter(({ kind }) => kind === 'role');
    const titles = productivFacts.roles.map(({ title }) => title);
    expectNone(compareRoleTitles(titles, productivFacts.titleAlternatives, platform));
  });

  it.each(productivFacts.roles.map(({ title }) => title))('gives a %s the levels of its column', (title) => {
    expectNone(compareColumn(productivFacts, title, productiv));
  });

  it('shows restricted users the data of their apps alone, and lets them upload from the Settings page', () => {
    expectNone(compareRestrictions(productivFacts, productiv));
  });

  it('tells what viewing contracts and editing tasks add', () => {
    expectNone(compareWithheld(productivFacts, productiv));
  });

  it('has three custom roles that hold what their base holds, for a list of apps', () => {
    expectNone(compareCustomRoles(productivFacts, productiv));
  });
});

describe('this check', () => {
  it('reports a role that lost a permission and one that gained one', () => {
    const altered = structuredClone(flexnetFacts);
    for (const table of Object.values(altered.roles)) Object.assign(table, { Usage: ['View Usage', 'Reset Usage'] });
    expect(compareRole(altered, 'Executive', flexnet)).toEqual([
      'Executive: missing Usage: Reset Usage',
      'Executive: extra Usage: Edit Usage',
    ]);
  });

  it('reports a level that is not the one of the table', () => {
    const altered = structuredClone(productivFacts);
    for (const action of altered.actions) if (action.title === 'Team Data') action.levels[0] = 'edit';
    expect(compareColumn(altered, 'Limited User', productiv)).toEqual([
      'Limited User: missing Team Data: edit',
      'Limited User: extra Team Data: view',
    ]);
  });

  it('reports an area that a denial no longer hides', () => {
    const permissions = flex.sections.flatMap((section) => section.permissions);
    const library = permissions.find(({ title }) => title === 'Can Manage Icon Library');
    const facts = flexFacts.sections.flatMap((section) => section.permissions);
    const fact = facts.find(({ title }) => title === 'Can Manage Icon Library');
    if (!library || !fact) throw new Error('Flex has no Icon Library');
    const altered = { ...fact, hiddenAreas: [...fact.hiddenAreas, 'Sound Library'] };
    expect(comparePermission(altered, library)).toEqual(['Can Manage Icon Library: missing Sound Library']);
    expect(differences('permissions', ['a'], ['b'])).toEqual(['permissions: missing a', 'permissions: extra b']);
  });
});
