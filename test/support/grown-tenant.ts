import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { deployCli, runDeployCli } from './deploy-cli.ts';
import { tenantCall } from './tenant-call.ts';

/** What a tenant.yaml of auth0-deploy-cli says of APIs and roles. */
export interface TenantYaml {
  readonly resourceServers: readonly {
    readonly name: string;
    readonly identifier: string;
    readonly scopes: readonly { readonly value: string; readonly description?: string }[];
    readonly [setting: string]: unknown;
  }[];
  readonly roles: readonly {
    readonly name: string;
    readonly description?: string;
    readonly permissions: readonly {
      readonly permission_name: string;
      readonly resource_server_identifier: string;
    }[];
  }[];
}

const settings = { enforce_policies: true, token_dialect: 'access_token_authz' };
const things = ['contracts', 'invoices', 'shipments', 'users', 'Reports'];
const verbs = ['read', 'update', 'delete'];

const resourceServers: TenantYaml['resourceServers'] = [
  {
    ...{ name: 'Contracts API', identifier: 'https://contracts.example/api', ...settings },
    // What Rolewright does not declare stays as it is: refresh tokens, consent.
    ...{ allow_offline_access: true, skip_consent_for_verifiable_first_party_clients: false, token_lifetime: 86_400 },
    scopes: [
      ...things.flatMap((thing) =>
        verbs.map((verb) => ({ value: `${verb}:${thing}`, description: `${verb} ${thing}` })),
      ),
      { value: 'admin', description: 'Everything: "really" # all' },
    ],
  },
  {
    ...{
      name: 'Contracts, API',
      identifier: 'urn:billing',
      ...settings,
      token_lifetime: 5400,
      token_lifetime_for_web: 5400,
    },
    scopes: [{ value: 'billing.read' }, { value: 'billing.write', description: 'Write' }, { value: 'all' }],
  },
  {
    ...{
      name: '管理 / Warehouse',
      identifier: 'https://warehouse.example',
      ...settings,
      token_lifetime: 3600,
      token_lifetime_for_web: 3600,
    },
    scopes: [
      { value: 'org:stock:read', description: 'Stock' },
      { value: '42', description: 'The answer' },
    ],
  },
];

const oddTitles = [
  '管理者',
  '販売',
  '2024',
  'all',
  'Åsa’s Team',
  'A & B: "C" #1',
  'None',
  'x'.repeat(90),
  'Ops  (night)',
  'No!',
];

/** 40 roles over three APIs, of names that nobody has thought of as names. */
export const grownTenant: TenantYaml = {
  resourceServers,
  roles: Array.from({ length: 40 }, (_, index) => {
    const { identifier, scopes } = resourceServers[index % 3] ?? { identifier: '', scopes: [] };
    const held = scopes.filter((_scope, at) => (index + at) % 3 === 0 || index % 10 === 0);
    const title = oddTitles[index] ?? `Role No. ${index}`;
    return {
      name: title,
      ...(index % 4 === 0 ? {} : { description: `Why: ${title}` }),
      permissions: held.map(({ value }) => ({ permission_name: value, resource_server_identifier: identifier })),
    };
  }),
};

/** Fills a tenant: by auth0-deploy-cli where it is installed, else by the calls that it would make. */
export async function fillTenant(emulator: Emulator, tenant: TenantYaml): Promise<void> {
  await (deployCli === null ? fillByCalls(emulator, tenant) : fillByDeployCli(emulator, tenant));
}

async function fillByCalls(emulator: Emulator, tenant: TenantYaml): Promise<void> {
  for (const api of tenant.resourceServers) await tenantCall(emulator, 'POST', '/resource-servers', api);
  for (const { permissions, ...role } of tenant.roles) {
    const { id } = (await tenantCall(emulator, 'POST', '/roles', role)) as { id: string };
    if (permissions.length > 0) await tenantCall(emulator, 'POST', `/roles/${id}/permissions`, { permissions });
  }
}

async function fillByDeployCli(emulator: Emulator, tenant: TenantYaml): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-deploy-cli-'));
  writeFileSync(join(folder, 'tenant.yaml'), stringify(tenant));
  await runDeployCli(emulator, folder, { kinds: Object.keys(tenant) }, 'import', '--input_file', 'tenant.yaml');
  rmSync(folder, { recursive: true });
}
