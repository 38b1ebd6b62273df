import type { TestProject } from 'vitest/node';
import { startKeycloak, whyNoKeycloak } from '../../tools/keycloak/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** KEYCLOAK_* variables of the server's administrator, or why there is no server. */
    readonly keycloak: { readonly environment: Readonly<Record<string, string>> } | { readonly missing: string };
  }
}

/** Tests make realms and remove them: on no other machine than this. */
const ownMachine = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?\/?$/u;

/**
 * One server for all tests of a run, each of which has realms of its own. Who works on the tests starts one by hand and names it in
 * KEYCLOAK_URL, KEYCLOAK_USER and KEYCLOAK_PASSWORD, for it takes a quarter of a minute to start.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { KEYCLOAK_URL, KEYCLOAK_USER, KEYCLOAK_PASSWORD } = process.env;
  if (KEYCLOAK_URL && ownMachine.test(KEYCLOAK_URL) && KEYCLOAK_USER && KEYCLOAK_PASSWORD) {
    project.provide('keycloak', { environment: { KEYCLOAK_URL, KEYCLOAK_USER, KEYCLOAK_PASSWORD } });
    return async () => {};
  }
  const missing = whyNoKeycloak();
  if (missing !== null) {
    process.stderr.write(`tests against Keycloak are skipped: ${missing}\n`);
    project.provide('keycloak', { missing });
    return async () => {};
  }
  const server = await startKeycloak((message) => process.stderr.write(`${message}\n`));
  project.provide('keycloak', { environment: server.environment });
  return server.stop;
}
