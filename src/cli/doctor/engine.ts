import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../report/findings-text.ts';
import type { Host } from '../host.ts';

/** The Pulumi engine, its Auth0 plugin, and where it keeps its state. */
export async function engineFindings(host: Host): Promise<readonly Finding[]> {
  const { findEngine } = await import('../../reconcile/engine.ts');
  const [engine, [problem]] = await findEngine(host.env);
  const state = await stateFinding(host.env);
  if (engine === null) {
    const found = problem?.message ?? 'not found';
    return [{ subject: 'engine', state: 'missing', found, advice: problem?.help ?? null }, state];
  }
  const origin = engine.source === 'built' ? 'built by tools/pulumi' : 'on PATH';
  const { command, version, plugin } = engine;
  return [
    { subject: 'engine', state: 'ok', found: `Pulumi ${version}, ${command} (${origin})`, advice: null },
    { subject: 'plugin', state: 'ok', found: `auth0 ${plugin.version}, ${plugin.path}`, advice: null },
    state,
  ];
}

/** Where the state is kept, from the variables alone: nothing is contacted, and credentials are not read. */
export async function stateFinding(env: Host['env']): Promise<Finding> {
  const subject = 'state';
  const backend = env.PULUMI_BACKEND_URL;
  if (backend !== undefined && backend !== '') {
    const named = withoutUserInfo(backend);
    const hasPassphrase = env.PULUMI_CONFIG_PASSPHRASE !== undefined || env.PULUMI_CONFIG_PASSPHRASE_FILE !== undefined;
    if (hasPassphrase || backend.startsWith('https:')) return { subject, state: 'ok', found: named, advice: null };
    const advice = 'set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE, unless a stack names a key service';
    return { subject, state: 'note', found: `${named}, no passphrase set`, advice };
  }
  if (env.PULUMI_ACCESS_TOKEN) {
    return { subject, state: 'ok', found: 'Pulumi Cloud, by PULUMI_ACCESS_TOKEN', advice: null };
  }
  const home = env.PULUMI_HOME || join(env.HOME || homedir(), '.pulumi');
  const loggedIn = await access(join(home, 'credentials.json')).then(
    () => true,
    () => false,
  );
  if (loggedIn) return { subject, state: 'ok', found: `where \`pulumi login\` says, ${home}`, advice: null };
  const advice = 'set PULUMI_BACKEND_URL, or run `pulumi login`; `rolewright emulator` brings one of its own';
  return { subject, state: 'note', found: 'no backend', advice };
}

function withoutUserInfo(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]*@/u, '$1').replace(/\?.*$/u, '');
}
