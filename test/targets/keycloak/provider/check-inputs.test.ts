import { describe, expect, it } from 'vitest';
import { notYetKnown } from '../../../../src/stack/resource-kinds.ts';
import { checkInputs } from '../../../../src/targets/keycloak/provider/check-inputs.ts';
import { kinds } from '../../../../src/targets/keycloak/provider/kinds.ts';

const role = { realm: 'shop', name: 'Editor', description: '' };
const client = { realm: 'shop', clientId: 'shop', name: 'Shop', accessTokenLifespan: 60, claim: 'permissions' };
const grants = { roleId: 'shop/1', permissions: [{ name: 'a', clientId: 'shop' }] };
const offered = { client: 'shop/1', clientId: 'shop', permissions: [{ name: 'a', description: '' }] };

/** `property reason` of each failure. */
const check = (kind: string, after: object, before: object = {}) =>
  checkInputs(kinds[kind]?.inputs ?? {}, { before: { ...before }, after: { ...after } }).map(
    ({ property, reason }) => `${property} ${reason}`,
  );

describe('inputs', () => {
  it('are taken as they are declared', () => {
    expect(check('Role', { ...role, key: 'dev/editor' })).toEqual([]);
    expect(check('Client', client)).toEqual([]);
    expect(check('Permissions', offered)).toEqual([]);
    expect(check('RolePermissions', { ...grants, permissions: [] })).toEqual([]);
    expect(check('UserRole', { userId: '1', roleId: 'shop/1' })).toEqual([]);
    expect(check('DefaultRole', { roleId: 'shop/1' })).toEqual([]);
  });

  it('are taken where only the update will know them', () => {
    expect(check('Role', { ...role, name: notYetKnown })).toEqual([]);
    expect(check('RolePermissions', { ...grants, permissions: notYetKnown })).toEqual([]);
    const unknownClients = ['a', 'a'].map((name) => ({ name, clientId: notYetKnown }));
    expect(check('RolePermissions', { ...grants, permissions: unknownClients.slice(1) })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['Role', { ...role, name: '' }, 'name must be a text that is not empty, and is ""'],
    ['Role', { ...role, name: 5 }, 'name must be a text that is not empty, and is 5'],
    ['Role', { realm: 'shop', name: 'Editor' }, 'description must be a text, and is missing'],
    ['Role', { ...role, name: '..' }, 'name is a step in a path, and nothing is found by it'],
    ['Role', { ...role, name: 'x'.repeat(256) }, 'name has 256 characters, and Keycloak takes 255 at most'],
    ['Role', { ...role, nme: 'Editor' }, 'nme is no property; did you mean name?'],
    ['DefaultRole', { roleId: 'a/1', colour: 'red' }, 'colour is no property; there are roleId'],
    ['Client', { ...client, accessTokenLifespan: 0 }, 'accessTokenLifespan must be a whole number from 1 on, and is 0'],
    [
      'Client',
      { ...client, accessTokenLifespan: '60' },
      'accessTokenLifespan must be a whole number from 1 on, and is "60"',
    ],
    [
      'Permissions',
      { ...offered, permissions: 'a' },
      'permissions must be a list of { name, description }, and is "a"',
    ],
    ['Permissions', { ...offered, permissions: ['a'] }, 'permissions[0] must be { name, description }, and is "a"'],
    [
      'Permissions',
      { ...offered, permissions: [{ name: '', description: '' }] },
      'permissions[0].name must be a text that is not empty, and is ""',
    ],
    [
      'Permissions',
      { ...offered, permissions: ['a', 'b', 'a'].map((name, index) => ({ name, description: `${index}` })) },
      'permissions[2] is the same as permissions[0]: name each once',
    ],
    [
      'RolePermissions',
      { ...grants, permissions: [{ name: 'a', client: 'shop' }] },
      'permissions[0].client is no property; did you mean clientId?',
    ],
  ])('of a %s are refused in words', (kind, inputs, said) => {
    expect(check(kind, inputs)).toContain(said);
  });

  it('tell permissions of the same name apart by their clients', () => {
    const permissions = ['shop', 'store'].map((clientId) => ({ name: 'a', clientId }));
    expect(check('RolePermissions', { ...grants, permissions })).toEqual([]);
  });

  it('are never secrets, nor shown where they are', () => {
    const secret = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', value: 'hush' };
    const said = [
      ...check('Role', { ...role, description: secret }),
      ...check('RolePermissions', { ...grants, permissions: secret }),
      ...check('Permissions', { ...offered, permissions: [secret] }),
      ...check('Permissions', { ...offered, permissions: [{ name: secret, description: '' }] }),
    ];
    expect(said.map((text) => text.split(' ').slice(0, 3).join(' '))).toEqual([
      'description is a',
      'permissions is a',
      'permissions[0] must be',
      'permissions[0].name is a',
    ]);
    expect(said.join()).not.toContain('hush');
  });

  it('may stay what the server has, whatever that is', () => {
    const read = { ...client, claim: '', accessTokenLifespan: 0 };
    expect(check('Client', read, read)).toEqual([]);
    expect(check('Client', read, client)).toHaveLength(2);
  });
});
