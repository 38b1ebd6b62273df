import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { TargetName } from '../../model/definitions.ts';
import type { Engine } from '../../reconcile/engine.ts';
import type { Finding } from '../../report/findings-text.ts';
import type { Host } from '../host.ts';

/** The Pulumi engine, the plugins of these targets, and where it keeps its state. */
export async function engineFindings(host: Host, targets: readonly TargetName[]): Promise<readonly Finding[]> {
  const [{ findEngine }, { targetOf }] = await Promise.all([
    import('../../reconcile/engine.ts'),
    import('../../target-of.ts'),
  ]);
  const found = await Promise.all(
    targets.map(async (target) => findEngine(host.env, (await targetOf({ target })).plugin)),
  );
  const engines = found.flatMap(([engine]) => engine ?? []);
  const problems = found.flatMap(([, [problem]]) => problem ?? []);
  // Which engine runs depends on the plugin; mostly it is one for all.
  const named = new Map(engines.map((engine) => [engine.command, engineFinding(engine)]));
  return [
    ...named.values(),
    ...engines.map(({ plugin: { name, version, path } }): Finding => {
      return { subject: 'plugin', state: 'ok', found: `${name} ${version}, ${path}`, advice: null };
    }),
    ...problems.map(({ message, help }): Finding => {
      return { subject: 'engine', state: 'missing', found: message, advice: help };
    }),
    await stateFinding(host.env),
  ];
}

function engineFinding({ command, version, source }: Engine): Finding {
  const origin = source === 'built' ? 'built by tools/pulumi' : 'on PATH';
  return { subject: 'engine', state: 'ok', found: `Pulumi ${version}, ${command} (${origin})`, advice: null };
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
