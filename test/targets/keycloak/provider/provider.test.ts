import { describe, expect, it } from 'vitest';
import { path } from '../../../../src/targets/keycloak/provider/kind.ts';
import { packageSchema } from '../../../../src/targets/keycloak/provider/package-schema.ts';
import { keycloakProvider } from '../../../../src/targets/keycloak/provider/provider.ts';
import { types } from '../../../../src/targets/keycloak/resource-types.ts';

const unreachable = () => {
  throw new Error('nothing here needs the server');
};
const provider = keycloakProvider(unreachable, '1.2.3', () => {});
const urn = (type: string) => `urn:pulumi:dev::shop::rolewright:keycloak:Role$${type}::editor`;

describe('the provider', () => {
  const diff = async (kind: keyof typeof types, olds: object, news: object) =>
    (await provider.diff?.('id', urn(types[kind]), olds, news)) ?? null;
  const role = { realm: 'shop', name: 'Editor', description: '', key: 'dev/editor' };
  const grants = (...names: readonly string[]) => ({
    roleId: 'shop/1',
    permissions: names.map((name) => ({ name, clientId: 'shop' })),
  });

  it('finds no change where nothing differs, nor in the order of a set', async () => {
    expect(await diff('role', role, { ...role })).toEqual({ changes: false, replaces: [] });
    expect(await diff('rolePermissions', grants('a', 'b'), grants('b', 'a'))).toMatchObject({ changes: false });
    const reordered = { roleId: 'shop/1', permissions: [{ clientId: 'shop', name: 'a' }] };
    expect(await diff('rolePermissions', grants('a'), reordered)).toMatchObject({ changes: false });
  });

  it('finds what differs, and replaces what cannot be changed in place', async () => {
    expect(await diff('role', role, { ...role, name: 'Author' })).toEqual({ changes: true, replaces: [] });
    expect(await diff('role', role, { ...role, realm: 'store' })).toEqual({ changes: true, replaces: ['realm'] });
    expect(await diff('rolePermissions', grants('a'), grants('a', 'b'))).toEqual({ changes: true, replaces: [] });
    expect(await diff('userRole', { userId: '1', roleId: '2' }, { userId: '1', roleId: '3' })).toMatchObject({
      replaces: ['roleId'],
    });
  });

  it('keeps inputs without what is not given, which the engine could not read', async () => {
    const { key: _, ...keyless } = role;
    const checked = await provider.check?.(urn(types.role), {}, { ...keyless, key: undefined });
    expect(checked).toEqual({ inputs: keyless, failures: [] });
  });

  it('knows its own types alone', async () => {
    const foreign = 'auth0:index/role:Role';
    await expect(provider.check?.(urn(foreign), {}, {})).rejects.toThrow(
      `${foreign} is no resource of rolewright-keycloak`,
    );
  });

  it('says what cannot be an id', async () => {
    const api = { get: unreachable, getAll: unreachable, send: unreachable };
    const { read } = keycloakProvider(
      () => api,
      '1.2.3',
      () => {},
    );
    await expect(read?.('editor', urn(types.role))).rejects.toThrow(
      '"editor" is no id of this provider: <realm>/<uuid>',
    );
    await expect(read?.('shop/1', urn(types.userRole))).rejects.toThrow(
      'is no <realm>/<uuid of the role>|<id of the person>',
    );
  });

  it('asks for no name that would lead elsewhere', () => {
    expect(path('shop', 'roles', 'a/b c')).toBe('/shop/roles/a%2Fb%20c');
    expect(() => path('shop', 'roles', '..')).toThrow('".." is no name that Keycloak can be asked for');
  });
});

describe('the schema of the package', () => {
  interface Described {
    readonly description: string;
    readonly properties: Readonly<
      Record<
        string,
        { readonly type: string; readonly description: string; readonly items?: { readonly $ref: string } }
      >
    >;
    readonly requiredInputs: readonly string[];
    readonly inputProperties: object;
  }
  const schema = packageSchema('1.2.3') as {
    readonly version: string;
    readonly description: string;
    readonly resources: Readonly<Record<string, Described>>;
    readonly types: Readonly<Record<string, Pick<Described, 'properties' | 'description'>>>;
  };

  it('has each resource that there is a class for, and each property described', () => {
    expect(Object.keys(schema.resources)).toEqual(Object.values(types));
    for (const { description, properties } of [...Object.values(schema.resources), ...Object.values(schema.types)]) {
      expect(description).not.toBe('');
      for (const property of Object.values(properties)) expect(property.description).toMatch(/\.$/u);
    }
  });

  it('refers to types that it has', () => {
    const referred = Object.values(schema.resources)
      .flatMap(({ properties }) => Object.values(properties))
      .flatMap(({ items }) => (items === undefined ? [] : [items.$ref.replace('#/types/', '')]));
    expect(referred.toSorted()).toEqual(Object.keys(schema.types).toSorted());
    expect(referred).toHaveLength(2);
  });

  it('demands what the provider demands', () => {
    expect(schema.resources[types.role]?.requiredInputs).toEqual(['realm', 'name', 'description']);
    expect(schema.resources[types.role]?.inputProperties).toHaveProperty('key');
  });

  it('says where credentials come from, and how existing ones are imported', () => {
    expect(schema.version).toBe('1.2.3');
    expect(schema.description).toContain('none of the properties is a secret');
    expect(schema.resources[types.userRole]?.description).toContain('`<id of the Role>|<id of the person>`');
  });
});
