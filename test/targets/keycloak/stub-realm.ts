import type { RealmClient } from '../../../src/targets/keycloak/realm-client.ts';
import type { Realm } from '../../../src/targets/keycloak/realm-reader.ts';
import { realmOn } from '../../../src/targets/keycloak/tenant.ts';

/** What a server that is made up answers, by the path behind the realm, without its query; a function is asked each time. */
export type Answers = Readonly<Record<string, unknown>>;

/** The realm `acme`, with everything that was asked of it. */
export interface StubRealm {
  readonly realm: Realm;
  readonly asked: () => readonly string[];
}

/** A realm of a server that is made up: nothing is there but what a test says. */
export function stubRealm(answers: Answers): StubRealm {
  const paths: string[] = [];
  const get = async (path: string): Promise<unknown> => {
    const behind = path.slice('/acme'.length);
    paths.push(behind);
    const answer = answers[behind.split('?')[0] ?? ''];
    return (typeof answer === 'function' ? answer() : answer) ?? null;
  };
  const client: RealmClient = {
    get,
    getAll: async (path) => ((await get(path)) ?? []) as readonly unknown[],
    send: () => Promise.reject(new Error('nothing is written')),
  };
  return { realm: realmOn(client, 'acme'), asked: () => paths };
}
