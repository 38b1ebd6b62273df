import { appendFile, mkdir } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { digestOf } from '../model/compile/digest.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Upped } from '../reconcile/up.ts';
import type { Host } from './host.ts';
import { product, reasonOf } from './plan-files.ts';

/** What one `up` was and what became of it: the raw material of an access review. One line of JSON each, no secrets. */
export interface RunRecord {
  readonly kind: 'rolewright-record';
  readonly schemaVersion: 1;
  readonly product: string;
  /** When it ended, in UTC. */
  readonly at: string;
  readonly stack: string;
  readonly tenant: string;
  /** The commit of the repository, and whether the working tree was exactly that; null outside of git. */
  readonly commit: { readonly id: string; readonly clean: boolean } | null;
  readonly who: string;
  readonly modelBefore: string | null;
  readonly modelAfter: string;
  readonly planDigest: string;
  /** Of the plan file that was carried out; null where there was none. */
  readonly planFile: string | null;
  readonly gates: readonly string[];
  /** Those that were needed, and the reason that was given for them. */
  readonly overrides: readonly string[];
  readonly reason: string | null;
  readonly result: 'applied' | 'nothing to do' | 'declined' | 'refused or failed';
  /** Codes of what stood in the way. */
  readonly problems: readonly string[];
}

/** What only the verb knows of a run. */
export interface RunFacts extends Pick<RunRecord, 'planFile' | 'gates' | 'reason' | 'result' | 'problems'> {
  readonly desired: DesiredState;
  readonly upped: Upped;
}

/** Where records go if the command line does not say: beside the editor's schema, ignored by git. */
export const recordPath = '.rolewright/records.jsonl';

/** Makes sure that a record can be kept, before anything is changed; else says why not. */
export async function openRecord(host: Host, path: string): Promise<string | null> {
  const file = resolve(host.root, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, '', { mode: 0o600 });
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Adds the record of a run to the file. */
export async function keepRecord(host: Host, path: string, facts: RunFacts): Promise<void> {
  const { desired, upped, ...known } = facts;
  const record: RunRecord = {
    ...{ kind: 'rolewright-record', schemaVersion: 1, product, at: new Date().toISOString() },
    ...{ stack: upped.plan.stack, tenant: upped.plan.tenant },
    commit: await commitOf(host),
    who: whoRuns(host.env),
    ...{ modelBefore: upped.modelBefore, modelAfter: desired.digest, planDigest: digestOf(upped.plan) },
    ...{ overrides: upped.overridden, ...known },
  };
  await appendFile(resolve(host.root, path), `${JSON.stringify(record)}\n`, { mode: 0o600 });
}

async function commitOf(host: Host): Promise<RunRecord['commit']> {
  const { runGit } = await import('../revisions/git.ts');
  const git = { folder: host.root, env: host.env };
  const head = await runGit(git, ['rev-parse', '--verify', 'HEAD^{commit}']);
  if (head.exitCode !== 0) return null;
  const status = await runGit(git, ['status', '--porcelain']);
  return { id: head.stdout.toString().trim(), clean: status.exitCode === 0 && status.stdout.length === 0 };
}

/** The person, as the CI service names them; else who is logged in on this machine. */
function whoRuns(env: Host['env']): string {
  const actor = env.GITHUB_ACTOR || env.GITLAB_USER_LOGIN || env.BITBUCKET_STEP_TRIGGERER_UUID;
  return actor || `${userInfo().username}@${hostname()}`;
}
