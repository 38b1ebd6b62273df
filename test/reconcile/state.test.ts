import { expect, test } from 'vitest';
import { emptyState, parseState } from '../../src/reconcile/state.ts';
import { kinds } from '../../src/stack/resource-kinds.ts';
import { auth0 } from '../../src/targets/auth0/target.ts';

/** As the engine calls them. */
const types = {
  api: 'auth0:index/resourceServer:ResourceServer',
  role: 'auth0:index/role:Role',
  grants: 'auth0:index/rolePermissions:RolePermissions',
  holder: 'auth0:index/userRole:UserRole',
} as const;
const urn = (type: string, name: string) => `urn:pulumi:dev::rolewright::${type}::${name}`;
const exported = (deployment: object) => JSON.stringify({ version: 3, deployment });
/** The state of a stack of Auth0. */
const parsed = (text: string) => parseState(text, auth0);
const pending = (type: string) => ({ type, resource: { urn: urn(types.role, 'shop.user'), type: types.role } });
const owed = [
  { kind: 'application', name: 'shop', audience: 'https://shop.example' },
  { kind: 'role', name: 'shop.user', title: 'User', description: 'A user.' },
];
const journal = {
  urn: urn('rolewright:index:Journal', 'journal'),
  type: 'rolewright:index:Journal',
  outputs: { owed: JSON.stringify(owed) },
};

test('an empty stack holds nothing and owes nothing', () => {
  expect(parsed(exported({}))).toEqual({
    resources: [],
    doubtful: false,
    pendingCreates: false,
    pendingHolders: [],
    pendingDefaultRoles: [],
    owed: [],
    pins: {},
    outputs: {},
    digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
});

test('what a refresh has found stands in the outputs, which go before the inputs', () => {
  const role = { urn: urn(types.role, 'shop.user'), type: types.role, id: 'rol_1', protect: true };
  const state = parsed(exported({ resources: [{ ...role, inputs: { name: 'Old', x: 1 }, outputs: { name: 'New' } }] }));
  expect(state.resources).toEqual([{ ...role, type: kinds.role, name: 'shop.user', holds: { name: 'New', x: 1 } }]);
});

test('a failed update and an interrupted one make the state doubtful', () => {
  const failed = { urn: urn(types.grants, 'shop.user'), type: types.grants, initErrors: ['403'] };
  expect(parsed(exported({ resources: [failed] }))).toMatchObject({ doubtful: true, pendingCreates: false });
  expect(parsed(exported({ pending_operations: [pending('updating')] }))).toMatchObject({
    doubtful: true,
    pendingCreates: false,
  });
  expect(parsed(exported({ pending_operations: [pending('creating')] }))).toMatchObject({
    doubtful: true,
    pendingCreates: true,
  });
});

test('what is owed is what the journal names and the state does not hold', () => {
  const api = { urn: urn(types.api, 'shop'), type: types.api, id: '1' };
  expect(parsed(exported({ resources: [journal] })).owed).toEqual(owed);
  expect(parsed(exported({ resources: [journal, api] })).owed).toEqual([owed[1]]);
});

test('a resource that is about to be deleted is not there any more', () => {
  const old = { urn: urn(types.role, 'shop.user'), type: types.role, delete: true };
  expect(parsed(exported({ resources: [old] })).resources).toEqual([]);
});

test('people whom a run was giving a role when it was cut off are known by name', () => {
  const pending = [
    { type: 'creating', resource: { urn: urn(types.holder, 'shop.user.auth0|1'), type: types.holder } },
    { type: 'deleting', resource: { urn: urn(types.holder, 'shop.user.auth0|2'), type: types.holder } },
    { type: 'creating', resource: { urn: urn(types.role, 'shop.user'), type: types.role } },
  ];
  expect(parsed(exported({ pending_operations: pending })).pendingHolders).toEqual(['shop.user.auth0|1']);
});

test('the accounts that addresses stand for are kept by a component', () => {
  const type = 'rolewright:index:Accounts';
  const accounts = { urn: urn(type, 'accounts'), type, outputs: { pins: '{"dana@example.com (sso)":"auth0|1"}' } };
  expect(parsed(exported({ resources: [accounts] })).pins).toEqual({ 'dana@example.com (sso)': 'auth0|1' });
});

test('the digest of a state is another one where anything in it is, and the same where it was only saved again', () => {
  const role = { urn: urn(types.role, 'shop.user'), type: types.role, id: 'rol_1', outputs: { name: 'User' } };
  const api = { urn: urn(types.api, 'shop'), type: types.api, id: '1' };
  const digest = (...resources: readonly object[]) => parsed(exported({ resources })).digest;
  const before = digest(role, api);
  expect(digest({ ...api, modified: '2026-11-21T22:41:42Z' }, { ...role, sourcePosition: 'a.ts#1,2' })).toBe(before);
  const changed = [
    digest(role),
    digest({ ...role, id: 'rol_2' }, api),
    digest({ ...role, outputs: { name: 'Other' } }, api),
    digest({ ...role, protect: true }, api),
    digest({ ...role, initErrors: ['403'] }, api),
    parsed(exported({ resources: [role, api], pending_operations: [pending('creating')] })).digest,
  ];
  expect(changed).not.toContain(before);
  expect(parsed(exported({})).digest).toBe(emptyState.digest);
});
