import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import type { Call } from './calls.ts';
import { createCallLog } from './calls.ts';
import { makeCertificate } from './certificate.ts';
import type { EntityLimits } from './entity-limits.ts';
import { enterpriseLimits } from './entity-limits.ts';
import type { Fault } from './faults.ts';
import { createFaultQueue } from './faults.ts';
import { keepHistory } from './history.ts';
import { closeServer, listen } from './https-server.ts';
import type { ClientOptions } from './known-clients.ts';
import { application, knownClients } from './known-clients.ts';
import { keepManagementApi, managementScopes } from './management-api.ts';
import { privateFolder, removeFolder } from './private-folder.ts';
import type { RateLimit, RateLimitGroup } from './rate-limit.ts';
import { createRateLimiter } from './rate-limit.ts';
import type { Execution } from './run-actions.ts';
import { actionTimeLimitMilliseconds, createActionRunner } from './run-actions.ts';
import type { Snapshot } from './snapshot.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Journal } from './store.ts';
import { createStore, nowhere } from './store.ts';
import type { Subscription, SubscriptionName } from './subscriptions.ts';
import { subscriptions } from './subscriptions.ts';
import type { ScopeRemoval } from './tenant.ts';
import { createTokenService, signingKey } from './tokens.ts';

export type { Call } from './calls.ts';
export type { Fault, FaultAnswer } from './faults.ts';
export type { Execution } from './run-actions.ts';
export type { Snapshot } from './snapshot.ts';

export interface EmulatorOptions {
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** Path of a SQLite file, made if need be; absent: the tenant is forgotten on stop. */
  readonly store?: string;
  /** What PATCH of `scopes` does to a scope that somebody holds. Default cascade. */
  readonly scopeRemoval?: ScopeRemoval;
  /** Machines that may ask for a token; absent scopes: all. Default: one with all scopes and a secret made up. */
  readonly clients?: readonly ClientOptions[];
  /** How fast one may call, and how much one may hold. Absent: as fast as one likes, as much as an enterprise tenant. */
  readonly subscription?: SubscriptionName;
  /** One bucket for the whole Management API, in place of the subscription's. The headers are sent with and without a limit. */
  readonly rateLimit?: RateLimit;
  /** In place of the subscription's. */
  readonly entityLimits?: Partial<EntityLimits>;
  /** How many reads see an action with npm dependencies `building` before it is `built`. Default 1. */
  readonly readsToBuild?: number;
  /** For all actions of one sign-in together. Default 20 000, as in Auth0. */
  readonly actionTimeLimitMilliseconds?: number;
  /** Told of each call when its work is done and before its answer leaves. */
  readonly onCall?: (call: Call) => void;
}

export interface Emulator {
  /** `127.0.0.1:<port>` */
  readonly domain: string;
  /** PEM, in a private folder that goes with `stop()`. */
  readonly certificateFile: string;
  /** A token of the Management API with every scope. */
  readonly token: string;
  /** The first client. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** The application that people sign in with; it has no secret. */
  readonly applicationId: string;
  /** AUTH0_DOMAIN, AUTH0_API_TOKEN, SSL_CERT_FILE (Go on Linux), NODE_EXTRA_CA_CERTS (Node, read at its start only). */
  readonly environment: Readonly<Record<string, string>>;
  /** All calls of the Management API so far, in the order in which they took effect. */
  readonly calls: () => readonly Call[];
  readonly tokenRequests: () => number;
  readonly resetCalls: () => void;
  readonly addFault: (fault: Fault) => void;
  readonly clearFaults: () => void;
  /** What actions ran since the start, with what they wrote to the console, the oldest first. */
  readonly executions: () => readonly Execution[];
  /** What the tenant grants now, read without a call. */
  readonly snapshot: () => Snapshot;
  /** Ends at once, whatever connections are open; a second call does nothing. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a loopback stand-in for a tenant's Management API, over https on 127.0.0.1 alone.
 *
 * Rejects when the port is taken, or the store is in use or not a store.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const history = keepHistory(options.store === undefined ? nowhere : await journalAt(options.store));
  const store = createStore(history.journal);
  const [{ key, certificate }, privateKey] = await Promise.all([makeCertificate(), signingKey(store)]);
  const server = createServer({ key, cert: certificate });
  const port = await listen(server, options.port ?? 0).catch((error: unknown) => {
    store.close();
    throw error;
  });

  const folder = privateFolder();
  const certificateFile = join(folder, 'certificate.pem');
  writeFileSync(certificateFile, certificate);

  const domain = `127.0.0.1:${port}`;
  const tokens = createTokenService(privateKey, port);
  const clients = knownClients(store, options.clients);
  const [client] = clients;
  const executions: Execution[] = [];
  const callLog = createCallLog(options.onCall);
  const faults = createFaultQueue();
  const stopping = new AbortController();
  const [audience = ''] = tokens.audiences;
  keepManagementApi(store, audience);
  const app = createApp({
    tenant: {
      domain,
      store,
      tokens,
      clients: [...clients, application],
      scopeRemoval: options.scopeRemoval ?? 'cascade',
      limits: { ...enterpriseLimits, ...subscriptionOf(options)?.entityLimits, ...options.entityLimits },
      readsToBuild: options.readsToBuild ?? 1,
      secretValues: new Map(),
      runActions: createActionRunner({
        certificateFile,
        timeLimitMilliseconds: options.actionTimeLimitMilliseconds ?? actionTimeLimitMilliseconds,
        stopped: stopping.signal,
      }),
      executions,
      codes: new Map(),
      cache: { postLogin: {} },
    },
    storeBefore: history.before,
    callLog,
    faults,
    takeToken: createRateLimiter(rateLimitsOf(options), Date.now),
    stopped: stopping.signal,
  });
  server.on('request', getRequestListener(app.fetch));

  const token = await tokens.issue(client.clientId, audience, managementScopes);
  let stopped: Promise<void> | undefined;
  return {
    domain,
    certificateFile,
    token,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    applicationId: application.clientId,
    environment: {
      AUTH0_DOMAIN: domain,
      AUTH0_API_TOKEN: token,
      SSL_CERT_FILE: certificateFile,
      NODE_EXTRA_CA_CERTS: certificateFile,
    },
    calls: callLog.calls,
    tokenRequests: callLog.tokenRequests,
    resetCalls: callLog.reset,
    addFault: faults.add,
    clearFaults: faults.clear,
    executions: () => [...executions],
    snapshot: () => takeSnapshot(store),
    stop: () => {
      stopping.abort();
      stopped ??= closeServer(server).finally(() => {
        store.close();
        removeFolder(folder);
      });
      return stopped;
    },
  };
}

function subscriptionOf({ subscription }: EmulatorOptions): Subscription | undefined {
  return subscription === undefined ? undefined : subscriptions[subscription];
}

function rateLimitsOf(options: EmulatorOptions): readonly RateLimitGroup[] {
  const { rateLimit } = options;
  return rateLimit === undefined
    ? (subscriptionOf(options)?.rateLimits ?? [])
    : [{ ...rateLimit, path: /^\/api\/v2\// }];
}

/** Loaded only where it is asked for: Node 22 warns of its SQLite on stderr. */
async function journalAt(path: string): Promise<Journal> {
  const { openFileJournal } = await import('./file-journal.ts');
  return openFileJournal(path);
}
