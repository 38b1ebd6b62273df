import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../cli/run-rolewright.ts';
import { runRolewright } from '../cli/run-rolewright.ts';
import type { KeycloakStack } from '../support/keycloak-stack.ts';
import { callsOf, startKeycloakStack } from '../support/keycloak-stack.ts';
import { missing } from './realm.ts';

interface RoleAnswer {
  readonly id: string;
  readonly name: string;
}

const lending = 'https://lending.library.example';

describe.skipIf(missing !== null)('a realm that was made by hand', () => {
  let stack: KeycloakStack;
  let root: string;
  beforeAll(async () => {
    const file = readFileSync(join(import.meta.dirname, 'hand-made-realm.json'), 'utf8');
    const { realm: _, ...realm } = JSON.parse(file) as Record<string, unknown>;
    stack = await startKeycloakStack({ realm });
    root = mkdtempSync(join(tmpdir(), 'rolewright-adopt-'));
  });
  afterAll(async () => {
    await stack?.stop();
    if (root !== undefined) rmSync(root, { recursive: true, force: true });
  });

  /** Runs a verb over the stack, and says what it wrote to the server. */
  async function rolewright(...args: readonly string[]): Promise<Run & { readonly writes: readonly string[] }> {
    const before = stack.proxy.calls().length;
    const names = Object.keys(stack.env).filter((name) => /^(KEYCLOAK|PULUMI)_/u.test(name) || name === 'PATH');
    const env = Object.fromEntries(names.map((name) => [name, stack.env[name] ?? '']));
    const run = await runRolewright([...args, '--stack', 'dev'], { cwd: root, env });
    const calls = stack.proxy.calls().slice(before);
    const writes = callsOf(
      calls.filter(({ isWrite }) => isWrite),
      stack.realm,
    );
    return { ...run, writes };
  }

  /** What differs of all that is declared: a role with power over the realm, which nobody can declare, is left out. */
  const drift = () => rolewright('drift', '--exclude', 'Caretaker');

  /** Everything that the realm's own export has, in an order of its own. */
  async function exported(): Promise<unknown> {
    const path = '/partial-export?exportClients=true&exportGroupsAndRoles=true';
    return sorted(await stack.realm.call('POST', path));
  }

  async function roleOf(title: string): Promise<RoleAnswer> {
    return (await stack.realm.call('GET', `/roles/${encodeURIComponent(title)}`)) as RoleAnswer;
  }

  /** Adds roles of the lending client to a realm role, or takes them away, as the admin console does. */
  async function editByHand(method: 'POST' | 'DELETE', title: string, ...scopes: readonly string[]): Promise<void> {
    const clients = (await stack.realm.call('GET', `/clients?clientId=${encodeURIComponent(lending)}`)) as RoleAnswer[];
    const offered = (await stack.realm.call('GET', `/clients/${clients[0]?.id}/roles`)) as readonly RoleAnswer[];
    const chosen = offered.filter(({ name }) => scopes.includes(name));
    await stack.realm.call(method, `/roles-by-id/${(await roleOf(title)).id}/composites`, chosen);
  }

  test('is adopted without a write, and then there is nothing to do', async () => {
    const before = await exported();
    const adopted = await rolewright(
      'adopt',
      ...['--target', 'keycloak', '--tenant', stack.realm.tenant, '--purpose', 'development'],
    );
    expect(adopted).toMatchObject({ code: 0, writes: [] });
    expect(adopted.stderr).toContain('New in the state: 2 applications, 4 roles. Nothing was written to the tenant; ');
    expect(adopted.stderr).toContain('`preview` has nothing to do.\n');
    expect(await exported()).toEqual(before);

    // What it comes to, through the roles that it is made of.
    const role = readFileSync(join(root, 'roles/lending/roles/head-librarian.yaml'), 'utf8');
    expect(role).toContain('description: Runs a branch\n');
    expect(role.match(/^ {4}- .*$/gmu)).toEqual(
      [
        'fees/waive-fees',
        'loans/create-loans',
        'loans/read-loans',
        'members/export-members',
        'members/read-members',
      ].map((reference) => `    - ${reference}`),
    );
    const left = [...adopted.stderr.matchAll(/RW\d{4} {2}role "([^"]+)" is left out/gu)].map(([, title]) => title);
    expect(left.sort()).toEqual(['Caretaker', 'Friend of the Library']);
    expect(readFileSync(join(root, 'roles/environments/dev.yaml'), 'utf8')).not.toContain('website');

    expect(await rolewright('preview', '--expect-no-changes')).toMatchObject({ code: 0, writes: [] });
    expect(await rolewright('preview', '--refresh', '--expect-no-changes')).toMatchObject({ code: 0, writes: [] });
    expect(await drift()).toMatchObject({ code: 0, writes: [] });
    expect(await rolewright('adopt')).toMatchObject({ code: 0, stdout: '', writes: [] });
    expect(await rolewright('up', '--yes')).toMatchObject({ code: 0, writes: [] });
    expect(await exported()).toEqual(before);
  });

  test('what somebody changes in the admin API is drift, in words, and is repaired by the very writes', async () => {
    await editByHand('DELETE', 'Head Librarian', 'waive:fees');
    await editByHand('POST', 'Head Librarian', 'close:branch');
    const told = await drift();
    expect(told).toMatchObject({ code: 1, writes: [] });
    expect(told.stdout).toContain(
      '\n  + Head Librarian\n      + also has Close Branch\n      - lacks Waive Fees\n      DANGEROUS: ',
    );
    expect(told.stdout).toContain('`rolewright up --stack dev --refresh`');
    // The state knows nothing of it.
    expect(await rolewright('up', '--yes')).toMatchObject({ code: 0, writes: [] });

    const repaired = await rolewright('up', '--refresh', '--yes');
    expect(repaired).toMatchObject({
      code: 0,
      writes: ['DELETE /roles-by-id/{id}/composites 204', 'POST /roles-by-id/{id}/composites 204'],
    });
    expect(await drift()).toMatchObject({ code: 0 });
  });

  test('a change of a role within roles is told of each of them, and repaired in each', async () => {
    await editByHand('DELETE', 'Volunteer', 'read:loans');
    await editByHand('POST', 'Volunteer', 'export:members');
    const told = await drift();
    expect(told.code).toBe(1);
    expect(told.stdout).toContain(
      '\n  + Librarian and Volunteer\n      + also have Export Members\n      - lack Read Loans\n',
    );
    expect(told.stdout).toContain('\n  - Head Librarian lacks Read Loans\n');

    expect(await rolewright('up', '--refresh', '--yes')).toMatchObject({ code: 0 });
    expect(await drift()).toMatchObject({ code: 0 });
  });

  test('an audit finds people by their own roles, by those of their groups, and of the groups above', async () => {
    const catalog = join(root, 'roles/lending/catalog.yaml');
    const text = readFileSync(catalog, 'utf8');
    writeFileSync(catalog, text.replace(/^( +)- name: create-loans\n/mu, '$&$1  sensitive: true\n'));
    writeFileSync(join(root, 'roles/constraints.yaml'), constraints);
    const audit = await rolewright('audit');
    expect(audit).toMatchObject({ code: 1, writes: [] });
    const said = audit.stdout.replace(/ \([0-9a-f-]{36}\)/gu, '');
    for (const [who, role] of [
      ['ada', 'Librarian'],
      ['ben', 'Librarian'],
      ['cleo', 'Head Librarian'],
    ]) {
      expect(said).toContain(`Lending: ${who}@library.example holds Create Loans by ${role}\n`);
    }
    // Two groups, one role each.
    expect(said).toContain(
      'cleo@library.example holds Waive Fees by Head Librarian, Rooms Manage by Room Keeper, which ',
    );
    // A role of the client itself, which one of the groups has.
    expect(said).toContain('Rooms: cleo@library.example holds Rooms Read directly\n');
    // Nobody has it but the group above two.
    expect(said).toContain('Lending: Volunteer is held by 2 people, and lending/few-volunteers allows at most 1 ');
  });
});

const constraints = `apiVersion: rolewright/v1
kind: Constraint
metadata:
  name: keys-and-fees
  description: Who lets people off their fees does not keep the rooms.
spec:
  separate:
    permissions:
      - lending/fees/waive-fees
      - rooms/general/rooms-manage
---
apiVersion: rolewright/v1
kind: Constraint
metadata:
  application: lending
  name: few-volunteers
  description: There is one desk.
spec:
  holders:
    role: volunteer
    atMost: 1
`;

/** Lists are sets to Keycloak: their order differs from one export to the next. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
