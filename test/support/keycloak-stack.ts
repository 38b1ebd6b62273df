import { rm } from 'node:fs/promises';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { Plan } from '../../src/model/plan.ts';
import { findEngine } from '../../src/reconcile/engine.ts';
import { preview } from '../../src/reconcile/preview.ts';
import type { ReconcileRequest, UpRequest } from '../../src/reconcile/request.ts';
import { up } from '../../src/reconcile/up.ts';
import { targetOf } from '../../src/target-of.ts';
import type { TestRealm } from '../keycloak/realm.ts';
import { administrator, makeRealm } from '../keycloak/realm.ts';
import type { RecordedCall, RecordingProxy } from './recording-proxy.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import type { Run } from './up-requests.ts';
import { projectFolder, requestFor, runOf } from './up-requests.ts';

/** A stack on a file backend of its own, and a realm of its own on the Keycloak server of the tests. */
export interface KeycloakStack {
  /** Reached directly, not through the proxy. */
  readonly realm: TestRealm;
  /** What runs of the stack reach the server through. */
  readonly proxy: RecordingProxy;
  readonly workDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What was told on the way, in order, over all runs. */
  readonly progress: readonly string[];
  /** The same desired state for this realm. */
  readonly here: (desired: DesiredState) => DesiredState;
  /** Of any environment: what is asked for is always `here`. Calls are as `callsOf` writes them. */
  readonly preview: (desired: DesiredState, more?: Partial<ReconcileRequest>) => Promise<Run<Plan>>;
  /** Confirms everything. */
  readonly up: (
    desired: DesiredState,
    more?: Partial<UpRequest>,
  ) => Promise<Run<{ readonly plan: Plan; readonly applied: boolean }>>;
  readonly stop: () => Promise<void>;
}

export interface KeycloakStackOptions {
  /** What the realm is made with, as in a realm's export. */
  readonly realm?: object;
  /** Laid over the variables of the runs. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Makes both. The stack does not exist yet. */
export async function startKeycloakStack(options: KeycloakStackOptions = {}): Promise<KeycloakStack> {
  const realm = await makeRealm(options.realm);
  const proxy = await startRecordingProxy(administrator.KEYCLOAK_URL ?? '');
  const workDir = await projectFolder();
  const { plugin } = await targetOf({ target: 'keycloak' });
  const [engine] = await findEngine(process.env, plugin);
  const env = {
    ...process.env,
    ...engine?.environment,
    ...administrator,
    KEYCLOAK_URL: proxy.url,
    PULUMI_BACKEND_URL: `file://${workDir}`,
    PULUMI_CONFIG_PASSPHRASE: 'test',
    ...options.env,
  };
  const progress: string[] = [];
  const here = (desired: DesiredState) => onKeycloak(desired, realm);
  const request = (desired: DesiredState) => requestFor(here(desired), { workDir, env, progress });
  const run = async <T>(work: () => Promise<readonly [T | null, Run<T>['diagnostics']]>): Promise<Run<T>> => {
    const before = proxy.calls().length;
    const outcome = await work();
    return runOf(outcome, callsOf(proxy.calls().slice(before), realm));
  };
  return {
    ...{ realm, proxy, workDir, env, progress, here },
    preview: (desired, more = {}) => run(() => preview({ ...request(desired), ...more })),
    up: (desired, more = {}) => run(() => up({ ...request(desired), ...more })),
    stop: async () => {
      await proxy.stop();
      await realm.remove();
      await rm(workDir, { recursive: true, force: true });
    },
  };
}

/** A desired state as it is for a realm: its environment's target and tenant are replaced. */
export function onKeycloak(desired: DesiredState, { tenant }: Pick<TestRealm, 'tenant'>): DesiredState {
  return { ...desired, environment: { ...desired.environment, target: 'keycloak', tenant } };
}

/** `METHOD path status` of calls about a realm, the way to it left out and `{id}` for each uuid; sign-ins are not among them. */
export function callsOf(calls: readonly RecordedCall[], { name }: Pick<TestRealm, 'name'>): readonly string[] {
  const root = `/admin/realms/${name}`;
  return calls
    .filter(({ path }) => !path.includes('/protocol/openid-connect/'))
    .map(({ method, path, status }) => {
      const shown = path.startsWith(root) ? path.slice(root.length) : path;
      return `${method} ${shown.replace(uuid, '{id}')} ${status ?? 'without an answer'}`;
    });
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;
