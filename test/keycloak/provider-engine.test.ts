import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEngine } from '../../src/reconcile/engine.ts';
import { keycloak } from '../../src/targets/keycloak/target.ts';
import type { RecordingProxy } from '../support/recording-proxy.ts';
import { startRecordingProxy } from '../support/recording-proxy.ts';
import type { TestRealm } from './realm.ts';
import { administrator, makeRealm, missing } from './realm.ts';

const repository = join(import.meta.dirname, '../..');
const provider = join(repository, 'src/targets/keycloak/provider/bin');

/** A program as somebody would write it who wants the resources and nothing else of Rolewright. */
const program = (realm: string, amy: string) => `
import { Client, DefaultRole, Permissions, Role, RolePermissions, UserRole } from '${repository}/src/targets/keycloak/resources.ts';

const realm = '${realm}';
const shop = new Client('shop', {
  ...{ realm, clientId: 'https://shop.example', name: 'Shop', accessTokenLifespan: 3600, claim: 'permissions' },
  key: 'program/shop',
});
const permissions = new Permissions('shop', {
  client: shop.id,
  clientId: shop.clientId,
  permissions: (process.env.OFFERED ?? 'view:prices edit:prices').split(' ').map((name) => ({ name, description: '' })),
});
const editor = new Role('editor', {
  ...{ realm, name: process.env.TITLE ?? 'Editor', description: 'Edits.', key: 'program/editor' },
});
const given = (process.env.GIVEN ?? 'view:prices edit:prices').split(' ');
const grants = new RolePermissions('editor', {
  roleId: editor.id,
  permissions: given.map((name) => ({ name, clientId: permissions.clientId })),
});
new UserRole('amy', { userId: '${amy}', roleId: editor.id }, { dependsOn: grants });
new DefaultRole('editor', { roleId: editor.id }, { dependsOn: grants });
export const title = Role.get('editor-as-it-is', editor.id).name;
`;

interface Named {
  readonly id: string;
  readonly name: string;
}

interface HeldResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  /** Read, and not managed. */
  readonly external?: boolean;
  readonly outputs: Readonly<Record<string, unknown>>;
}

describe.skipIf(missing !== null)('the provider, in a program of its own on the real engine', () => {
  let realm: TestRealm;
  let proxy: RecordingProxy;
  let workDir: string;
  beforeAll(async () => {
    realm = await makeRealm({ users: [{ username: 'amy', enabled: true }] });
    proxy = await startRecordingProxy(administrator.KEYCLOAK_URL ?? '');
    workDir = await mkdtemp(join(tmpdir(), 'rolewright-test-'));
    const [amy] = (await realm.call('GET', '/users?username=amy')) as readonly Named[];
    const runtime = 'runtime: { name: nodejs, options: { typescript: false } }';
    const plugins = `plugins: { providers: [{ name: rolewright-keycloak, path: ${provider} }] }`;
    await write('Pulumi.yaml', `name: own\nmain: program.ts\n${runtime}\n${plugins}\n`);
    await write('package.json', '{ "type": "module" }');
    await write('program.ts', program(realm.name, amy?.id ?? ''));
    await symlink(join(repository, 'node_modules'), join(workDir, 'node_modules'));
    expect((await pulumi('stack', 'init', 'dev')).text).toContain("Created stack 'dev'");
  });
  afterAll(async () => {
    await proxy?.stop();
    await realm?.remove();
    if (workDir !== undefined) await rm(workDir, { recursive: true, force: true });
  });

  const write = (path: string, text: string) => writeFile(join(workDir, path), text);

  /** `pulumi …`, typed by hand; what begins with a capital is a variable of the program. */
  const pulumi = async (...words: readonly string[]) => {
    const variables = words.filter((word) => /^[A-Z]+=/u.test(word)).map((word) => word.split('='));
    const env = { ...process.env, ...administrator, KEYCLOAK_URL: proxy.url, ...Object.fromEntries(variables) };
    const [engine] = await findEngine(env, keycloak.plugin);
    const path = `${dirname(process.execPath)}:${engine?.environment.PATH ?? env.PATH}`;
    const settings = { PULUMI_BACKEND_URL: `file://${workDir}`, PULUMI_CONFIG_PASSPHRASE: 'test', PATH: path };
    const quiet = { PULUMI_SKIP_UPDATE_CHECK: 'true' };
    const options = { cwd: workDir, env: { ...env, ...engine?.environment, ...settings, ...quiet } };
    const typed = words.filter((word) => !/^[A-Z]+=/u.test(word));
    const { promise, resolve } = Promise.withResolvers<{ readonly code: number; readonly text: string }>();
    execFile(engine?.command ?? 'pulumi', [...typed, '--non-interactive'], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr });
    });
    return promise;
  };
  const resources = async () => {
    const { text } = await pulumi('stack', 'export');
    const { resources: all } = (JSON.parse(text) as { readonly deployment: { readonly resources?: HeldResource[] } })
      .deployment;
    return (all ?? []).filter(
      ({ type, external }) => type.startsWith('rolewright-keycloak:index:') && external !== true,
    );
  };
  const writes = (since: number) =>
    proxy
      .calls()
      .slice(since)
      .filter(({ isWrite }) => isWrite).length;
  const editor = async () => (await realm.call('GET', '/roles/Editor')) as Named;

  it('makes what is declared, and finds nothing to do afterwards', async () => {
    const up = await pulumi('up', '--yes', '--skip-preview');
    expect(up.text).toMatch(/\+ 7 created/u);
    expect(up.code).toBe(0);
    expect(writes(0)).toBe(6);
    const parts = (await realm.call('GET', '/roles/Editor/composites')) as readonly Named[];
    expect(parts.map(({ name }) => name).toSorted()).toEqual(['edit:prices', 'view:prices']);
    expect(await realm.call('GET', '/roles/Editor/users')).toMatchObject([{ username: 'amy' }]);
    expect((await pulumi('stack', 'output', 'title')).text.trim()).toBe('Editor');
    expect(await pulumi('preview', '--refresh', '--expect-no-changes')).toMatchObject({ code: 0 });
  });

  it('shows in a preview which properties change, and changes them in place', async () => {
    const { id } = await editor();
    const preview = await pulumi('preview', '--diff', 'TITLE=Author');
    expect(preview.text).toMatch(/~ name +: "Editor" => "Author"/u);
    expect(preview.text).not.toMatch(/~ description|replace/u);
    const before = proxy.calls().length;
    expect((await pulumi('up', '--yes', '--skip-preview', 'TITLE=Author')).text).toMatch(/~ 1 updated/u);
    expect(writes(before)).toBe(1);
    expect(await realm.call('GET', '/roles/Author')).toMatchObject({ id });
    await pulumi('up', '--yes', '--skip-preview');
  });

  it('shows by a refresh what has been changed by hand, and mends it', async () => {
    const { id } = await editor();
    await realm.call('PUT', `/roles-by-id/${id}`, { name: 'Editor', description: 'Changed by hand.' });
    const [shop] = (await realm.call('GET', '/clients?clientId=https%3A%2F%2Fshop.example')) as readonly Named[];
    await realm.call('POST', `/clients/${shop?.id}/roles`, { name: 'by hand' });
    const more = await realm.call('GET', `/clients/${shop?.id}/roles/by%20hand`);
    await realm.call('POST', `/roles-by-id/${id}/composites`, [more]);
    const preview = await pulumi('preview', '--refresh', '--diff');
    expect(preview.text).toMatch(/~ description *: "Changed by hand\." => "Edits\."/u);
    expect(preview.text).toContain('by hand');
    const up = await pulumi('up', '--refresh', '--yes', '--skip-preview');
    expect(up.text).toMatch(/~ 2 updated/u);
    expect(await editor()).toMatchObject({ id, description: 'Edits.' });
    const parts = (await realm.call('GET', '/roles/Editor/composites')) as readonly Named[];
    expect(parts.map(({ name }) => name).toSorted()).toEqual(['edit:prices', 'view:prices']);
    // What somebody else has put into the client is theirs, but the role is not to give it.
    expect(await realm.call('GET', `/clients/${shop?.id}/roles/by%20hand`)).toMatchObject({ name: 'by hand' });
    await realm.call('DELETE', `/clients/${shop?.id}/roles/by%20hand`);
  });

  it('refuses inputs that Keycloak could not carry, in words', async () => {
    const { code, text } = await pulumi('preview', `TITLE=${'x'.repeat(256)}`);
    expect(code).not.toBe(0);
    expect(text).toContain('has 256 characters, and Keycloak takes 255 at most');
  });

  it('keeps in the state what a change has left that was cut off, and goes on from there', async () => {
    proxy.before(async ({ method, path }) =>
      method === 'DELETE' && path.endsWith('/composites') ? { status: 403, body: { error: 'not today' } } : undefined,
    );
    const failed = await pulumi(
      'up',
      '--yes',
      '--skip-preview',
      'OFFERED=view:prices edit:prices new',
      'GIVEN=view:prices new',
    );
    proxy.before(null);
    expect(failed.code).not.toBe(0);
    expect(failed.text).toContain('403 not today');
    expect(failed.text).not.toMatch(/at .*\.ts:\d+/u);
    const grants = (await resources()).find(({ type }) => type.endsWith(':RolePermissions'));
    const clientId = 'https://shop.example';
    const still = ['edit:prices', 'view:prices'].map((name) => ({ name, clientId }));
    expect(grants?.outputs.permissions).toEqual(still);
    const up = await pulumi(
      'up',
      '--yes',
      '--skip-preview',
      'OFFERED=view:prices edit:prices new',
      'GIVEN=view:prices new',
    );
    expect(up.code).toBe(0);
    const parts = (await realm.call('GET', '/roles/Editor/composites')) as readonly Named[];
    expect(parts.map(({ name }) => name).toSorted()).toEqual(['new', 'view:prices']);
    await pulumi('up', '--yes', '--skip-preview');
  });

  it('imports each kind by its id, and finds it as it is declared', async () => {
    const imported = (await resources()).map(({ type, urn, id }) => ({ type, name: urn.split('::').at(-1), id }));
    expect(imported).toHaveLength(6);
    await write('import.json', JSON.stringify({ resources: imported }));
    await pulumi('stack', 'init', 'second');
    const before = proxy.calls().length;
    const flags = ['--yes', '--skip-preview', '--generate-code=false', '--protect=false'];
    const { code, text } = await pulumi('import', '--file', 'import.json', ...flags);
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringMatching(/= 6 imported/u) });
    expect(await pulumi('preview', '--expect-no-changes')).toMatchObject({ code: 0 });
    expect(writes(before)).toBe(0);
    await pulumi('stack', 'select', 'dev');
  });

  it('says what it is made of, for the tools of Pulumi', async () => {
    const { text } = await pulumi('package', 'get-schema', join(provider, 'pulumi-resource-rolewright-keycloak'));
    const { name, resources: described } = JSON.parse(text) as { readonly name: string; readonly resources: object };
    expect(name).toBe('rolewright-keycloak');
    expect(Object.keys(described)).toHaveLength(6);
  });

  it('removes what it has made, and nothing else', async () => {
    const { code, text } = await pulumi('destroy', '--yes', '--skip-preview');
    expect({ code, text }).toMatchObject({ code: 0 });
    expect(await realm.call('GET', '/roles/Editor')).toBeNull();
    expect(await realm.call('GET', '/clients?clientId=https%3A%2F%2Fshop.example')).toEqual([]);
    expect(await realm.call('GET', '/users?username=amy')).toHaveLength(1);
  });
});
