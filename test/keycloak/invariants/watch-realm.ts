import type { Call } from '../../../src/emulator/start-emulator.ts';
import type { Instant } from '../../invariants/observation.ts';
import type { KeycloakStack } from '../../support/keycloak-stack.ts';
import type { Interference, ProxiedCall, RecordedCall } from '../../support/recording-proxy.ts';
import { readRealm } from './read-realm.ts';
import type { RealmState } from './realm-state.ts';
import { stateOf } from './realm-state.ts';

/** Looks at a realm between the calls of a stack. */
export interface RealmWatch {
  /** Decides what becomes of each call from now on; writes are counted from 1. Null: all are forwarded. */
  readonly disturb: (decide: Decide | null) => void;
  /** The writes since the last time that it was asked for, each with the realm as it left it. @throws if one could not be read */
  readonly take: () => readonly Instant<RealmState>[];
}

/** `write` is the call's number if it writes, else how many writes there have been. */
export type Decide = (call: ProxiedCall, write: number) => Interference | undefined;

/**
 * Lets one write through at a time, and reads the whole realm when it is over and before its answer leaves. So what a write
 * finds is what was seen after the one before it.
 */
export function watchRealm({ realm, proxy }: Pick<KeycloakStack, 'realm' | 'proxy'>): RealmWatch {
  let seen: Instant<RealmState>[] = [];
  let failure: unknown = null;
  let decide: Decide | null = null;
  let writes = 0;
  let last: Promise<void> = Promise.resolve();
  let finish = () => {};
  proxy.before(async (call) => {
    if (!call.isWrite) return decide?.(call, writes);
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    finish = resolve;
    writes += 1;
    return decide?.(call, writes);
  });
  proxy.after(async (call) => {
    if (!call.isWrite) return;
    try {
      seen.push({ call: callOf(call, seen.length + 1, realm.name), snapshot: stateOf(await readRealm(realm)) });
    } catch (error) {
      failure = error;
    }
    finish();
  });
  return {
    disturb: (next) => {
      decide = next;
      writes = 0;
    },
    take: () => {
      if (failure !== null) throw failure;
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}

/** A call as the invariants know it, the way to its realm left out. */
function callOf({ method, path, body, status, isWrite }: RecordedCall, number: number, realm: string): Call {
  const root = `/admin/realms/${realm}`;
  const [behind = '', query = ''] = (path.startsWith(root) ? path.slice(root.length) : path).split('?');
  return {
    ...{ number, method, path: behind, query, isWrite },
    requestBody: body === '' ? null : JSON.parse(body),
    ...{ status: status ?? 0, milliseconds: 0 },
  };
}
