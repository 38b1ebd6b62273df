import { openDirectory } from '../../src/targets/keycloak/provider/directory.ts';
import type { Server } from '../../src/targets/keycloak/provider/kind.ts';
import { keycloakProvider } from '../../src/targets/keycloak/provider/provider.ts';
import { connectKeycloak } from '../../src/targets/keycloak/realm-client.ts';
import { administrator } from './realm.ts';

/** The server as the provider's kinds know it, and what they have asked of it. */
export interface WatchedServer extends Server {
  /** The calls since the last time, those that write alone: `POST /test-1/roles`. Each id is `*`. */
  readonly writes: () => readonly string[];
  /** How many calls there have been since the last time, of whichever kind. */
  readonly count: () => number;
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;

/** @param realm stands in none of the calls */
export function watchServer(realm: string): WatchedServer {
  let calls: string[] = [];
  let writes: string[] = [];
  const api = connectKeycloak({
    ...{ env: administrator, signal: new AbortController().signal, onWait: () => {}, patience: 0 },
  });
  const told = (method: string, path: string) => `${method} ${path.replace(`/${realm}`, '').replace(uuid, '*')}`;
  const watched = {
    get: (path: string) => {
      calls.push(told('GET', path));
      return api.get(path);
    },
    getAll: api.getAll,
    send: (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
      calls.push(told(method, path));
      writes.push(told(method, path));
      return api.send(method, path, body);
    },
  };
  return {
    api: watched,
    directory: openDirectory(watched),
    writes: () => {
      const since = writes;
      writes = [];
      return since;
    },
    count: () => {
      const since = calls.length;
      calls = [];
      return since;
    },
  };
}

/** The provider as the engine calls it, on a server that is watched. */
export function watchedProvider(server: Server) {
  return keycloakProvider(
    () => server.api,
    '1.2.3',
    () => {},
  );
}

/** As the engine names a resource. */
export function urnOf(kind: string): string {
  return `urn:pulumi:test::project::rolewright-keycloak:index:${kind}::it`;
}
