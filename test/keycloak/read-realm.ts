import { onTestFinished } from 'vitest';
import type { Tenant } from '../../src/stack/tenant.ts';
import { connectRealm } from '../../src/targets/keycloak/tenant.ts';
import { startRecordingProxy } from '../support/recording-proxy.ts';
import type { TestRealm } from './realm.ts';
import { administrator, makeRealm } from './realm.ts';

/** A realm, and the product's reader of it, whose calls are written down. */
export interface ReadRealm {
  readonly realm: TestRealm;
  readonly tenant: Tenant;
  /** What was asked of the realm since the last question, behind `/admin/realms/<realm>`, in the order of the answers. */
  readonly asked: () => readonly string[];
  /** By its name, as the engine imports it. */
  readonly roleId: (name: string) => Promise<string>;
}

/**
 * Makes a realm for one test, and reads it with other credentials than the administrator's, if there are any.
 *
 * @param representation as in a realm's export
 */
export async function readRealm(
  representation: object,
  credentials: Readonly<Record<string, string>> = administrator,
): Promise<ReadRealm> {
  const realm = await makeRealm(representation);
  const proxy = await startRecordingProxy(administrator.KEYCLOAK_URL ?? '');
  onTestFinished(async () => {
    await proxy.stop();
    await realm.remove();
  });
  const names = ['KEYCLOAK_USER', 'KEYCLOAK_PASSWORD', 'KEYCLOAK_CLIENT_ID', 'KEYCLOAK_CLIENT_SECRET'];
  const known = names.flatMap((name) => (credentials[name] === undefined ? [] : [[name, credentials[name]]]));
  const env = {
    ...(Object.fromEntries(known) as Record<string, string>),
    KEYCLOAK_REALM: credentials.KEYCLOAK_REALM === 'its own' ? realm.name : 'master',
    KEYCLOAK_URL: proxy.url,
  };
  const tenant = connectRealm({
    ...{ env, tenant: realm.tenant, patience: 0, onWait: () => undefined },
    signal: new AbortController().signal,
  });
  let told = 0;
  return {
    ...{ realm, tenant },
    asked: () => {
      const start = `/admin/realms/${realm.name}`;
      const calls = proxy.calls().slice(told);
      told += calls.length;
      return calls.filter(({ path }) => path.startsWith(start)).map(({ path }) => path.slice(start.length));
    },
    roleId: async (name) => {
      const { id } = (await realm.call('GET', `/roles/${encodeURIComponent(name)}`)) as { readonly id: string };
      return `${realm.name}/${id}`;
    },
  };
}
