import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { classifyTenantFailure } from '../../../src/reconcile/classify.ts';
import { inAllTargetsWords } from '../../../src/reconcile/neutral-step.ts';
import { targetOf } from '../../../src/target-of.ts';
import { lower } from '../../../src/targets/keycloak/lower.ts';
import { keycloak } from '../../../src/targets/keycloak/target.ts';
import { desired } from '../../support/desired.ts';

describe('Keycloak as a target', () => {
  test('is what an environment with that target gets', async () => {
    expect(await targetOf({ target: 'keycloak' })).toBe(keycloak);
  });

  test('comes with its plugin, in the version of the package', async () => {
    const { name, version, folder } = keycloak.plugin;
    const { version: own } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(await version()).toBe(own);
    await access(join(folder ?? '', `pulumi-resource-${name}`), constants.X_OK);
  });

  test('says of an API exactly what it is declared with', () => {
    const [application] = lower(desired([{ name: 'shop' }], { tenant: 'loopback/realms/acme' })).applications;
    expect(Object.keys(application?.api ?? {}).sort()).toEqual([...keycloak.apiSettings].sort());
  });

  test('notes nothing on accounts', () => {
    const policy = { default: 'user', byEmailDomain: [] };
    expect(keycloak.tombstonesOf(desired([{ roles: [{ name: 'user' }], provisioning: policy }]))).toEqual([]);
  });

  test('has its steps told in the words of all targets', () => {
    const urn = 'urn:pulumi:dev::rolewright::rolewright-keycloak:index:Client::shop';
    const client = { name: 'Shop', clientId: 'https://shop.example', accessTokenLifespan: 3600 };
    const state = { type: 'rolewright-keycloak:index:Client', urn, inputs: client, outputs: {} };
    const step = { op: 'create', urn, type: state.type, old: null, new: state, provider: '' } as never;
    expect(inAllTargetsWords(step, keycloak)).toMatchObject({
      type: 'api',
      new: { inputs: { name: 'Shop', identifier: 'https://shop.example', tokenLifetime: 3600 } },
    });
  });

  test('says what the account lacks, where the server says no more than that it is forbidden', () => {
    const circumstances = { stack: 'dev', domain: 'sso.example.com', backend: 'file://x', advice: keycloak.advice };
    const failure = { text: '403 Forbidden', doing: 'create role shop.user' };
    expect(classifyTenantFailure(failure, circumstances)?.help).toMatch(/manage-realm and manage-clients/);
    const refused = { text: '401 oauth2: invalid_client: Invalid client', doing: 'read roles' };
    expect(classifyTenantFailure(refused, circumstances)?.help).toMatch(/KEYCLOAK_CLIENT_ID .* KEYCLOAK_REALM/);
  });
});
