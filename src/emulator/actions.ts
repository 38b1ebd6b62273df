import { randomUUID } from 'node:crypto';
import { isBuiltin } from 'node:module';

export interface SupportedTrigger {
  readonly id: string;
  readonly version: string;
}

/** What a deployment freezes. Of secrets only their names are kept. */
export interface ActionContent {
  readonly code: string;
  readonly dependencies: readonly { readonly name?: string; readonly version?: string }[];
  readonly runtime: string;
  readonly secrets: readonly { readonly name: string; readonly updated_at: string }[];
  readonly supported_triggers: readonly SupportedTrigger[];
}

export interface Action extends ActionContent {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly status: 'pending' | 'building' | 'built' | 'failed';
  /** How many reads will still see it `building`. */
  readonly readsToBuild: number;
  readonly all_changes_deployed: boolean;
}

/** An action as it was deployed; the last of an action's versions is the one that runs. */
export interface ActionVersion extends ActionContent {
  readonly id: string;
  readonly number: number;
  readonly created_at: string;
  readonly built_at: string;
}

/** The bodies of POST and PATCH /actions/actions, after validation. */
export interface ActionBody {
  readonly name?: string;
  readonly code?: string;
  readonly dependencies?: ActionContent['dependencies'];
  readonly runtime?: string;
  readonly secrets?: readonly { readonly name?: string; readonly value?: string }[];
  readonly supported_triggers?: readonly { readonly id: string; readonly version?: string }[];
  readonly modules?: readonly unknown[];
  readonly deploy?: boolean;
}

/** The runtime of an action that does not name one (recorded in 2026). */
export const defaultRuntime = 'node22';

/** The version of each trigger that an action gets which does not name one; also all the triggers there are. */
export const triggerVersions: Readonly<Record<string, string>> = {
  'post-login': 'v3',
  'credentials-exchange': 'v2',
  'pre-user-registration': 'v2',
  'post-user-registration': 'v2',
  'post-change-password': 'v2',
  'send-phone-message': 'v2',
  'custom-phone-provider': 'v1',
  'custom-email-provider': 'v1',
  'password-reset-post-challenge': 'v1',
  'custom-token-exchange': 'v1',
  'event-stream': 'v1',
  'password-hash-migration': 'v1',
  'login-post-identifier': 'v1',
  'signup-post-identifier': 'v1',
};

/** The action that POST makes. `readsToBuild` counts only where there are dependencies to be fetched. */
export function newAction(body: ActionBody & { readonly name: string }, readsToBuild: number): Action {
  const now = timeNow();
  const empty = {
    id: randomUUID(),
    name: body.name,
    supported_triggers: [],
    created_at: now,
    updated_at: now,
    code: '',
    dependencies: [],
    runtime: defaultRuntime,
    status: 'pending',
    secrets: [],
    readsToBuild: 0,
    all_changes_deployed: false,
  } as const;
  return changedAction(empty, body, readsToBuild);
}

/** The action after PATCH: what the body does not name stays; dependencies and secrets are replaced whole. */
export function changedAction(action: Action, body: ActionBody, readsToBuild: number): Action {
  const now = timeNow();
  const dependencies = body.dependencies ?? action.dependencies;
  return {
    ...action,
    name: body.name ?? action.name,
    supported_triggers: body.supported_triggers?.map(withVersion) ?? action.supported_triggers,
    updated_at: now,
    code: body.code ?? action.code,
    dependencies,
    runtime: body.runtime ?? action.runtime,
    status: 'pending',
    secrets: body.secrets === undefined ? action.secrets : namedSecrets(action, body.secrets, now),
    readsToBuild: dependencies.length > 0 ? readsToBuild : 0,
    all_changes_deployed: false,
  };
}

/** The action as one more read finds it: one step nearer to `built`. */
export function nextOfBuild(action: Action): Action {
  if (action.readsToBuild > 0) {
    return { ...action, status: 'building', readsToBuild: action.readsToBuild - 1 };
  }
  const status = canBeBuilt(action) ? 'built' : 'failed';
  return action.status === status ? action : { ...action, status };
}

/**
 * Whether npm would have all that an action depends on. npm is not asked: a name of Node's own modules stands for a package
 * that is not there, as `crypto` 17.7.1 was not when it was recorded.
 */
export function canBeBuilt(action: Action): boolean {
  return !action.dependencies.some(({ name }) => name !== undefined && isBuiltin(name));
}

/** What deploying an action adds to its versions. */
export function newVersion(content: ActionContent, versions: readonly ActionVersion[]): ActionVersion {
  const now = timeNow();
  const { code, dependencies, runtime, secrets, supported_triggers } = content;
  const number = (versions.at(-1)?.number ?? 0) + 1;
  const id = randomUUID();
  return { id, number, code, dependencies, runtime, secrets, supported_triggers, created_at: now, built_at: now };
}

/** Times of actions have nanoseconds. */
export function timeNow(): string {
  return new Date().toISOString().replace('Z', '000000Z');
}

function withVersion({ id, version }: { readonly id: string; readonly version?: string }): SupportedTrigger {
  return { id, version: version ?? triggerVersions[id] ?? 'v1' };
}

/** Recorded: names that were there keep their place, new ones follow, and all of them are as young as the change. */
function namedSecrets(
  before: Action,
  secrets: NonNullable<ActionBody['secrets']>,
  now: string,
): { name: string; updated_at: string }[] {
  const asked = secrets.flatMap(({ name }) => name ?? []);
  const kept = before.secrets.map(({ name }) => name).filter((name) => asked.includes(name));
  return [...new Set([...kept, ...asked])].map((name) => ({ name, updated_at: now }));
}
