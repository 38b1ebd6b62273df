import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declared } from '../../src/pipeline.ts';
import type { Completion } from './language-server.ts';
import type { Editor } from './workspace.ts';
import { startEditor } from './workspace.ts';

const roles = fileURLToPath(new URL('../../roles', import.meta.url));
const files = readdirSync(roles, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => ({ path: `roles/${path}`, text: readFileSync(join(roles, path), 'utf8') }));
const { applications } = declared(files);
const named = (name: string) => {
  const application = applications.find((candidate) => candidate.name === name);
  if (application === undefined) throw new Error(name);
  return application;
};
const references = (name: string) =>
  named(name).sections.flatMap(({ permissions }) =>
    permissions.flatMap(({ reference, levels }) =>
      levels.length === 0 ? [reference] : levels.map((level) => `${reference}:${level.name}`),
    ),
  );

/** A document with this spec. */
const written = (kind: string, application: string, ...spec: readonly string[]) =>
  ['apiVersion: rolewright/v1', `kind: ${kind}`, 'metadata:', `  application: ${application}`, '  name: new-one']
    .concat('spec:', spec, '')
    .join('\n');
const labels = (offers: readonly Completion[]) => offers.map(({ label }) => label).toSorted();
const keys = (offers: readonly Completion[]) => labels(offers.filter(({ kind }) => kind === 10));

let editor: Editor;
beforeAll(async () => {
  editor = await startEditor();
}, 60_000);
afterAll(() => editor.stop());

describe('yaml-language-server with the schema of rolewright', () => {
  it('finds nothing wrong in any file of the repository', async () => {
    const found = await Promise.all(
      files.map(async ({ path, text }) => ({ path, found: await editor.problems(text) })),
    );
    expect(found.filter((file) => file.found.length > 0)).toEqual([]);
    expect(found.length).toBeGreaterThan(30);
  });

  it('tells what is wrong, at its line, in one line', async () => {
    const role = (...spec: readonly string[]) => written('Role', 'productiv', ...spec);
    const right = role('  grants:', '    - data/contract-data:view');
    const noPermission = 'Productiv has no such permission. If it is new: run rolewright schema.';
    const cases: readonly (readonly [text: string, problems: readonly string[]])[] = [
      [right, []],
      [role('  grantz:', '    - data/contract-data:view'), ['7:3 Property grantz is not allowed.']],
      [right.replace('contract-data', 'contract-dta'), [`8:7 ${noPermission}`]],
      [right.replace(':view', ''), [`8:7 ${noPermission}`]],
      [role('  grants:', '    - data/spend-data:view', '    - inventory/view-inventory'), [`9:7 ${noPermission}`]],
      [right.replace('  grants', '  restrictable: sometimes\n  grants'), ['7:17 Incorrect type. Expected "boolean".']],
      [
        right.replace('kind: Role', 'kind: Rolle'),
        [expect.stringMatching(/^2:7 Value is not accepted\. Valid values: "PermissionCatalog", "Role", /u)],
      ],
      [
        right.replace('application: productiv', 'application: productive'),
        ['4:16 This repository has no such application. If it is new: run rolewright schema.'],
      ],
      [right.replace('  name: new-one\n', ''), ['3:1 Missing property "name".']],
      [
        right.replace('new-one', 'New One'),
        ['5:9 A name: lower-case letters, digits and single hyphens, at least one letter, at most 64 characters.'],
      ],
      [
        written('CustomRole', 'productiv', '  base: super-admin', '  apps:', '    - zom'),
        [
          '7:9 Productiv has no such restrictable role. If it is new: run rolewright schema.',
          '9:7 Productiv has no such app. If it is new: run rolewright schema.',
        ],
      ],
      [
        written('Constraint', 'flex-rental', '  holders:', '    role: shop-ownr', '    atMost: 2'),
        ['8:11 Flex has no such role. If it is new: run rolewright schema.'],
      ],
      [
        right.replace('spec:', '  silences:\n    - lint: same-permission\n      reason: None.\nspec:'),
        ['7:13 There is no such lint.'],
      ],
    ];
    const found = await Promise.all(cases.map(([text]) => editor.problems(text)));
    expect(found).toEqual(cases.map(([, problems]) => problems));
    expect(found.flat().filter((problem) => problem.includes('\n'))).toEqual([]);
  });

  it('tells every document of a file apart', async () => {
    const flex = written('Role', 'flex-rental', '  grants:', '    - inventory/view-inventory');
    const productiv = written('Role', 'productiv', '  grants:', '    - data/contract-data:view');
    expect(await editor.problems([flex, productiv, flex].join('---\n'))).toEqual([]);
    const wrong = productiv.replace('data/contract-data:view', 'inventory/view-inventory');
    expect(await editor.problems([flex, wrong, flex].join('---\n'))).toEqual([
      '17:7 Productiv has no such permission. If it is new: run rolewright schema.',
    ]);
    const marked = productiv.replace('data/contract-data:view', '|');
    const offered = labels(await editor.offers([flex, marked, flex].join('---\n')));
    expect(offered.filter((label) => !label.startsWith('all of'))).toEqual(references('productiv').toSorted());
  });
});

describe('completion', () => {
  const whole = ['    - |', '    - data/con|', '    - data/contract-data:vi|', '    - data/spend-data:view\n    - |'];

  it.for(whole)("of a grant of Productiv offers exactly Productiv's permissions: %j", async (line) => {
    const offers = await editor.offers(written('Role', 'productiv', '  grants:', line));
    const permissions = labels(offers).filter((label) => !label.startsWith('all of'));
    expect(permissions).toEqual(references('productiv').toSorted());
    expect(permissions.filter((label) => references('flex-rental').includes(label))).toEqual([]);
  });

  it('takes the place of what was typed', async () => {
    const typed = written('Role', 'productiv', '  grants:', '    - data/contract-data:vi|');
    const taken = await editor.take(typed, 'data/contract-data:view');
    expect(taken).toContain('\n    - data/contract-data:view\n');
    expect(await editor.problems(taken)).toEqual([]);
  });

  it('offers the names of the application, each where it may stand', async () => {
    const productiv = named('productiv');
    const restrictable = productiv.roles.filter((role) => role.restrictable).map(({ name }) => name);
    const all = [...productiv.roles, ...productiv.customRoles].map(({ name }) => name).toSorted();
    const apps = productiv.apps.map(({ name }) => name);
    const sections = productiv.sections.map(({ name }) => name).toSorted();
    const bare = productiv.sections.flatMap(({ permissions }) => permissions.map(({ reference }) => reference));
    const everywhere = applications.flatMap(({ name, roles: own, customRoles }) =>
      [...own, ...customRoles].map((role) => `${name}/${role.name}`),
    );
    const at = (kind: string, ...spec: readonly string[]) => written(kind, 'productiv', ...spec);
    const cases: readonly (readonly [text: string, names: readonly string[]])[] = [
      [at('Role', '  inherits:', '    - |'), productiv.roles.map(({ name }) => name)],
      [at('Role', '  inherits:', '    - lim|'), productiv.roles.map(({ name }) => name)],
      [at('Role', '  covers:', '    - section: |'), sections],
      [at('Role', '  covers:', '    - section: data', '      except:', '        - |'), bare.toSorted()],
      [at('CustomRole', '  base: |', '  apps:', '    - zoom'), restrictable],
      [at('CustomRole', '  base: basic|', '  apps:', '    - zoom'), restrictable],
      [at('CustomRole', '  base: basic-user', '  apps:', '    - |'), apps],
      [at('Assignment', '  role: |'), all],
      [at('ProvisioningPolicy', '  enabled: true', '  default:', '    role: |'), all],
      [at('RoleTest', '  tests:', '    - role: |'), all],
      [at('RoleTest', '  tests:', '    - role: basic-user', '      app: |'), apps],
      [at('Constraint', '  supervises:', '    supervisor: |'), all],
      [at('Constraint', '  separate:', '    permissions:', '      - |'), references('productiv').toSorted()],
      [at('Constraint', '  holders:', '    role: |').replace('  application: productiv\n', ''), everywhere.toSorted()],
      [written('Role', '|', '  grants:', '    - data/spend-data:view'), applications.map(({ name }) => name)],
    ];
    const found = await Promise.all(cases.map(async ([text]) => labels(await editor.offers(text))));
    expect(found).toEqual(cases.map(([, names]) => names.toSorted()));
  });

  it('offers in spec only the keys of the kind, and none twice', async () => {
    const cases: readonly (readonly [text: string, names: readonly string[]])[] = [
      [written('Role', 'productiv', '  |'), ['assignable', 'covers', 'grants', 'inherits', 'onlyIn', 'restrictable']],
      [
        written('Role', 'productiv', '  restrictable: true', '  gr|'),
        ['assignable', 'covers', 'grants', 'inherits', 'onlyIn'],
      ],
      [written('CustomRole', 'productiv', '  |'), ['apps', 'base', 'onlyIn']],
      [
        written('RoleTest', 'productiv', '  tests:', '    - role: basic-user', '      |'),
        ['app', 'assignment', 'can', 'cannot', 'exact'],
      ],
      [
        written('Constraint', 'productiv', '  |'),
        ['exceptions', 'holders', 'never', 'reserved', 'separate', 'supervises'],
      ],
    ];
    const found = await Promise.all(cases.map(async ([text]) => keys(await editor.offers(text))));
    expect(found).toEqual(cases.map(([, names]) => names));
  });

  it('writes a whole section, a line for each permission', async () => {
    const inventory = named('flex-rental').sections.find(({ name }) => name === 'inventory');
    const permissions = (inventory?.permissions ?? []).map(({ reference }) => reference);
    const label = `all of inventory (${permissions.length})`;
    const lines = permissions.map((reference) => `    - ${reference}`);
    const begun = ['    - |', '    - contacts/view-and-search-contacts\n    - |'];
    for (const line of begun) {
      const text = await editor.take(written('Role', 'flex-rental', '  grants:', line), label);
      expect(text).toContain(`\n${lines.join('\n')}\n`);
      expect(await editor.problems(text)).toEqual([]);
    }
    expect(label).toBe('all of inventory (17)');
  });

  it('offers no section where its lines would not fit', async () => {
    const places = ['  grants:\n    |', '  grants: |', '  grants:\n    - contacts/view-and-search-contacts\n    |'];
    for (const place of places) {
      const offers = labels(await editor.offers(written('Role', 'flex-rental', place)));
      expect(offers.filter((label) => label.startsWith('all of'))).toEqual([]);
    }
  });
});

describe('hover', () => {
  it('on a grant shows its title and what a person loses, and no list of all the others', async () => {
    const text = await editor.hover(written('Role', 'productiv', '  grants:', '    - data/contract|-data:view'));
    expect(text).toContain('**Contract Data: View** (Data)');
    expect(text).toMatch(/Without it, hidden:\n- contract metrics with money in them\n- cost per license\n/u);
    expect(text).toMatch(/What remains:\n- contract metrics without money in them\n/u);
    expect(text).not.toContain('Allowed Values');
    expect(text).not.toContain('Spend Data');
  });

  it('on a permission of another catalog shows what that says', async () => {
    const text = await editor.hover(written('Role', 'flex-rental', '  grants:', '    - inventory/view-|inventory'));
    expect(text).toContain('**Can View Inventory** (Inventory Module Permissions)');
    expect(text).toContain('- Inventory > ROI Dashboard');
  });

  it('on a role, an app and a lint shows what it is', async () => {
    const role = '**Basic User** (restrictable)\n\nSees the individual users of an app as well';
    const silenced = written('Role', 'productiv').replace('spec:', '  silences:\n    - lint: redundant|-grant');
    const texts = await Promise.all([
      editor.hover(written('Role', 'productiv', '  inherits:', '    - basic-|user')),
      editor.hover(written('CustomRole', 'productiv', '  base: basic-|user')),
      editor.hover(written('CustomRole', 'productiv', '  base: basic-user', '  apps:', '    - zo|om')),
      editor.hover(silenced),
    ]);
    const [parent, base, app, lint] = texts;
    expect([parent, base]).toEqual([expect.stringContaining(role), expect.stringContaining(role)]);
    expect(app).toContain('**Zoom** (zoom-communications)');
    expect(lint).toContain('A role grants what it inherits at the same or a higher level, so the line gives nothing.');
    expect(texts.filter((text) => text.includes('Allowed Values'))).toEqual([]);
  });

  it('on a key shows its description', async () => {
    const role = written('Role', 'productiv', '  restrictable: true', '  gra|nts:', '    - data/spend-data:view');
    const [grants, restrictable, metadata] = await Promise.all([
      editor.hover(role),
      editor.hover(role.replace('|', '').replace('restrict', 'restr|ict')),
      editor.hover(role.replace('|', '').replace('metadata', 'meta|data')),
    ]);
    expect(grants).toMatch(/^#### Role\n\nSorted; a permission stands here once\.\n/u);
    expect(restrictable).toContain('Whether it may be narrowed to a set of apps. Not inherited.');
    expect(metadata).toContain('Who it is. Nothing here gives or takes a permission.');
    const kind = await editor.hover(role.replace('|', '').replace('kind: Ro', 'kind: Ro|'));
    expect(kind).toContain('* `Role`: A named set of grants; may inherit from other roles.\n');
  });
});
