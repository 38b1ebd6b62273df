import { describe, expect, it } from 'vitest';
import type {
  MatrixApplication,
  MatrixPermission,
  MatrixRole,
  MatrixSection,
} from '../../src/analysis/matrix/matrix.ts';
import { matrix } from '../../src/analysis/matrix/matrix.ts';
import type { Policy, Resource } from '../../src/authorize-jwt/authorize-jwt.ts';
import { createTokenAuthorizer } from '../../src/authorize-jwt/authorize-jwt.ts';
import type { ProductivTenant } from './tenant-of-test.ts';
import { model, productivTenant, tokenOf } from './tenant-of-test.ts';

const spend = 'data/spend-data:edit';

/** What the matrix says of one cell and one app, read without a thought of scopes, markers or tokens. */
function mayDo(
  role: MatrixRole,
  section: MatrixSection,
  permission: MatrixPermission,
  rank: number,
  resource: Resource,
): boolean {
  const grant = role.permissions.find((one) => one.section === section.name && one.permission === permission.name);
  if (grant === undefined) return false;
  if (permission.levels.findIndex(({ name }) => name === grant.level) < rank) return false;
  if (role.apps === null || grant.restrictedBy === null) return true;
  return 'app' in resource && role.apps.includes(resource.app);
}

/** Every question that a service can ask about an app or the whole application, with the answer of the matrix for a role. */
function questionsOf({ sections }: MatrixApplication, role: MatrixRole, apps: readonly string[]) {
  const resources: readonly Resource[] = [{ applicationWide: true }, ...apps.map((app) => ({ app }))];
  return sections.flatMap((section) =>
    section.permissions.flatMap((permission) => {
      const path = `${section.name}/${permission.name}`;
      const asked = permission.levels.length === 0 ? [path] : permission.levels.map(({ name }) => `${path}:${name}`);
      return asked.flatMap((reference, rank) =>
        resources.map((resource) => ({
          reference,
          resource,
          expected: mayDo(role, section, permission, rank, resource),
        })),
      );
    }),
  );
}

/** Signs somebody in for each role, and asks for everything. */
async function compareAll(tenant: ProductivTenant, policy: Policy) {
  const application = matrix(model).applications.find(({ name }) => name === 'productiv');
  if (application === undefined) throw new Error('no Productiv');
  const authorize = createTokenAuthorizer(policy, { fetch: tenant.fetch });
  const tally = { roles: 0, yes: 0, no: 0, wrong: [] as string[] };
  for (const role of application.roles) {
    const token = await tenant.tokenFor({ roles: [role.name] });
    tally.roles += 1;
    for (const { reference, resource, expected } of questionsOf(application, role, Object.keys(policy.apps))) {
      const { allowed } = await authorize(token, reference, resource);
      tally[expected ? 'yes' : 'no'] += 1;
      if (allowed !== expected) tally.wrong.push(`${role.name} ${reference} ${JSON.stringify(resource)}`);
    }
  }
  const levels = Object.values(policy.permissions).flatMap((permission) => permission.levels).length;
  return { ...tally, expected: application.roles.length * levels * (Object.keys(policy.apps).length + 1) };
}

describe('a token that the tenant issues', () => {
  it('is decided as the matrix says, for each role and custom role, each permission at each level, each app', async () => {
    const tenant = await productivTenant();
    const { roles, yes, no, wrong, expected } = await compareAll(tenant, tenant.policy);
    expect(wrong).toEqual([]);
    expect(yes + no).toBe(expected);
    expect(roles).toBe(tenant.desired.roles.filter(({ kind }) => kind !== 'assignment').length);
    expect(Math.min(yes, no)).toBeGreaterThan(300);
  });

  it('is held to the matrix: one grant too many in the tenant would be found', async () => {
    const tenant = await productivTenant();
    const one = (scope: string) => ({
      permissions: [{ resource_server_identifier: tenant.policy.audience, permission_name: scope }],
    });
    const basic = `/roles/${tenant.roles.get('basic-user')}/permissions`;
    const held = tenant.desired.roles.find(({ name }) => name === 'basic-user')?.scopes ?? [];
    const unheld =
      tenant.desired.scopes.find(({ kind, value }) => kind === 'permission' && !held.includes(value))?.value ?? '';
    await tenant.send('POST', basic, one(unheld));
    const { wrong } = await compareAll(tenant, tenant.policy);
    expect(new Set(wrong.map((text) => text.split(' ')[0]))).toEqual(new Set(['basic-user']));
  });
});

describe('is denied, with the reason', () => {
  const zoom: Resource = { app: 'zoom' };
  const decide = async (tenant: ProductivTenant, token: unknown, permission: string, resource: unknown) =>
    createTokenAuthorizer(tenant.policy, { fetch: tenant.fetch })(token, permission, resource as Resource);

  it('a token without a marker: the permission was given directly', async () => {
    const tenant = await productivTenant();
    const scope = tenant.policy.permissions['data/spend-data']?.levels.at(-1)?.scope ?? '';
    const token = await tenant.tokenFor({ permissions: [scope] });
    expect(await decide(tenant, token, spend, zoom)).toMatchObject({ allowed: false, reason: 'no-marker' });
  });

  it('a token with two markers', async () => {
    const tenant = await productivTenant();
    const [one = '', other = ''] = tenant.desired.roles
      .filter(({ kind }) => kind === 'custom-role')
      .map(({ name }) => name);
    const token = await tenant.tokenFor({ roles: [one, other, 'super-admin'] });
    expect(await decide(tenant, token, spend, zoom)).toMatchObject({ allowed: false, reason: 'conflicting-markers' });
  });

  it("a machine's own token, unless the service allows that machine", async () => {
    const tenant = await productivTenant();
    const { clientId, clientSecret, policy } = tenant;
    const scope = tenant.desired.roles.find(({ name }) => name === 'super-admin')?.scopes ?? [];
    await tenant.create('/client-grants', { client_id: clientId, audience: policy.audience, scope });
    const asked = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      audience: policy.audience,
    };
    const token = tokenOf(await tenant.send('POST', '/oauth/token', asked, { token: null }));
    expect(await decide(tenant, token, spend, zoom)).toMatchObject({ allowed: false, reason: 'machine-not-allowed' });
    const allowing = createTokenAuthorizer({ ...policy, machines: [clientId] }, { fetch: tenant.fetch });
    expect(await allowing(token, spend, zoom)).toEqual({ allowed: true });
  });

  it('a token for another API, an ID token, and one of the Management API', async () => {
    const tenant = await productivTenant();
    const other = {
      identifier: 'https://other.example',
      ...{ enforce_policies: true, token_dialect: 'access_token_authz' },
    };
    await tenant.create('/resource-servers', other);
    const foreign = await tenant.tokenFor({ roles: ['super-admin'], request: { audience: other.identifier } });
    expect(await decide(tenant, foreign, spend, zoom)).toMatchObject({ allowed: false, reason: 'wrong-audience' });
    expect(await decide(tenant, tenant.token, spend, zoom)).toMatchObject({
      allowed: false,
      reason: 'malformed-claims',
    });
    const { body } = await tenant.signIn({ roles: ['super-admin'], request: { scope: 'openid' } });
    const { id_token: id } = body as { id_token: string };
    expect(await decide(tenant, id, spend, zoom)).toMatchObject({ allowed: false, reason: 'malformed-claims' });
    const opaque = await tenant.tokenFor({ roles: ['super-admin'], request: { audience: undefined } });
    expect(await decide(tenant, opaque, spend, zoom)).toMatchObject({ allowed: false, reason: 'malformed-token' });
  });

  it('a token of another tenant', async () => {
    const tenant = await productivTenant();
    const other = await productivTenant();
    const token = await other.tokenFor({ roles: ['super-admin'] });
    expect(await decide(other, token, spend, zoom)).toEqual({ allowed: true });
    // Two tenants of one process sign with the same key, so that only the issuer tells them apart.
    expect(await decide(tenant, token, spend, zoom)).toMatchObject({ allowed: false, reason: 'wrong-issuer' });
  });

  it('a token that was tampered with', async () => {
    const tenant = await productivTenant();
    const genuine = await tenant.tokenFor({ roles: ['limited-user'] });
    const [header = '', payload = '', signature = ''] = genuine.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { permissions: string[] };
    const scopes = tenant.desired.roles.find(({ name }) => name === 'super-admin')?.scopes ?? [];
    const richer = Buffer.from(JSON.stringify({ ...claims, permissions: scopes })).toString('base64url');
    expect(await decide(tenant, `${header}.${richer}.${signature}`, spend, zoom)).toMatchObject({
      allowed: false,
      reason: 'wrong-signature',
    });
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    expect(await decide(tenant, `${unsigned}.${richer}.`, spend, zoom)).toMatchObject({
      allowed: false,
      reason: 'wrong-algorithm',
    });
  });

  it.each<[string, string, unknown, string]>([
    ['an unknown permission', 'data/spend-dat:edit', zoom, 'unknown-permission'],
    ['a scope in place of a permission', 'edit:spend-data', zoom, 'unknown-permission'],
    ['no resource', spend, undefined, 'malformed-question'],
    ['an empty resource', spend, {}, 'malformed-question'],
    ['an unknown app', spend, { app: 'zomo' }, 'unknown-app'],
  ])('%s, whoever asks', async (_, permission, resource, reason) => {
    const tenant = await productivTenant();
    const token = await tenant.tokenFor({ roles: ['super-admin'] });
    expect(await decide(tenant, token, spend, zoom)).toEqual({ allowed: true });
    expect(await decide(tenant, token, permission, resource)).toMatchObject({ allowed: false, reason });
  });
});

it('a tenant that is gone: its tokens are not believed without its keys', async () => {
  const tenant = await productivTenant();
  const token = await tenant.tokenFor({ roles: ['super-admin'] });
  const authorize = createTokenAuthorizer(tenant.policy, { fetch: tenant.fetch });
  await tenant.stop();
  expect(await authorize(token, spend, { app: 'zoom' })).toMatchObject({ allowed: false, reason: 'keys-unavailable' });
});
