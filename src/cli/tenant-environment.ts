import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import type { Emulator } from '../emulator/start-emulator.ts';
import type { Host } from './host.ts';

/** The variables with which Pulumi and other clients reach a loopback tenant. */
export interface TenantEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** Folders to be put before PATH, so that `pulumi` is found, and runs our Node; empty where both are found already. */
  readonly path: readonly string[];
  /** Forgets what must not outlive the tenant. */
  readonly stop: () => void;
}

/**
 * Makes them, leaving alone what is set. The engine's state lives as long as its tenant: with a tenant in memory both
 * go, else the next one would be empty while the state says that all is there.
 */
export async function tenantEnvironment(
  host: Host,
  emulator: Emulator,
  store: string | undefined,
): Promise<TenantEnvironment> {
  const [{ findEngine }, { targetOf }] = await Promise.all([
    import('../reconcile/engine.ts'),
    import('../target-of.ts'),
  ]);
  const [engine] = await findEngine(host.env, (await targetOf({ target: 'auth0' })).plugin);
  const { PATH, ...home } = engine?.environment ?? {};
  const name = store === undefined ? emulator.domain.replace(/^.*:/u, 'port-') : basename(store);
  const state = join(host.root, '.rolewright', 'state', name);
  const ownState = host.env.PULUMI_BACKEND_URL === undefined;
  // What a killed run has left at this port speaks of a tenant that is gone.
  if (ownState && store === undefined) rmSync(state, { recursive: true, force: true });
  if (ownState) mkdirSync(state, { recursive: true });
  const defaults = {
    ...home,
    PULUMI_BACKEND_URL: `file://${state}`,
    // Nothing in a loopback tenant's state is worth a secret, and an empty one fits every run.
    PULUMI_CONFIG_PASSPHRASE: '',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    // The machine of the action at sign-in; AUTH0_CLIENT_ID beside AUTH0_API_TOKEN is refused by the provider.
    ROLEWRIGHT_JUST_IN_TIME_CLIENT_ID: emulator.clientId,
    ROLEWRIGHT_JUST_IN_TIME_CLIENT_SECRET: emulator.clientSecret,
  };
  const passphraseFile = host.env.PULUMI_CONFIG_PASSPHRASE_FILE !== undefined;
  const missing = Object.entries(defaults).filter(
    ([key]) => host.env[key] === undefined && !(key === 'PULUMI_CONFIG_PASSPHRASE' && passphraseFile),
  );
  const known = (host.env.PATH ?? '').split(delimiter);
  const added = (PATH ?? '').split(delimiter).filter((folder) => folder !== '' && !known.includes(folder));
  return {
    variables: { ...emulator.environment, ...Object.fromEntries(missing) },
    path: [...added, ...nodeFolders(known, added.length > 0 || engine === null ? [] : [dirname(engine.command)])],
    stop: () => {
      if (ownState && store === undefined) rmSync(state, { recursive: true, force: true });
    },
  };
}

/**
 * Plain `pulumi` runs the program with the `node` that it finds on PATH. That may be an older one than runs here, which cannot read
 * TypeScript, so ours comes first; but before a `pulumi` that lies beside it, the one that was found.
 */
function nodeFolders(path: readonly string[], engine: readonly string[]): readonly string[] {
  const own = dirname(process.execPath);
  const found = path.find((folder) => folder !== '' && existsSync(join(folder, 'node')));
  return found === own ? [] : [...engine, own];
}
