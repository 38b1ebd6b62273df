import { createRequire } from 'node:module';
import { setInterval } from 'node:timers/promises';
import type { PulumiFn } from '@pulumi/pulumi/automation/workspace.js';

/** What the engine says of a run. */
export interface Heard {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly parallel: number;
  readonly dryRun: boolean;
  /** `host:port`. */
  readonly engineAddress: string;
  readonly monitorAddress: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

export type Answer<T> = (error: Error | null, response?: T) => void;

/** What is used of the SDK's runtime, none of which has public types. */
interface RuntimeSettings {
  readonly grpcClientOptions: Record<string, unknown>;
  resetOptions(
    ...options: [
      project: string,
      stack: string,
      parallel: number,
      engineAddress: string,
      monitorAddress: string,
      dryRun: boolean,
      organization: string,
    ]
  ): void;
  disconnect(signalShutdown: boolean): Promise<void>;
}
interface RuntimeState {
  withLocalStorage<T>(work: () => Promise<T>): Promise<T>;
  getStore(): Store;
}
interface Store {
  /** Whether a call has failed because the connection was lost. */
  readonly terminated: boolean;
  readonly settings: { readonly monitor?: Client; readonly engine?: Client };
}
interface Client {
  close(): void;
}
interface RuntimeConfig {
  setAllConfig(config: Readonly<Record<string, string>>, secretKeys: readonly string[]): void;
}
interface RuntimeStack {
  runInPulumiStack(program: PulumiFn): Promise<unknown>;
}
interface Log {
  hasErrors(): boolean;
}

const require = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'));

/**
 * Runs a program against the engine that asks for it. Returns null where the engine has heard all of it, else why not.
 *
 * The SDK's own language server answers "all went well" after an error of its connection. To the engine that is a program
 * that declares nothing more, and whatever it had not registered yet would be deleted; so every error is an answer here.
 */
export function hearProgram(program: PulumiFn, heard: Heard, stray: readonly Error[]): Promise<string | null> {
  const settings = require('@pulumi/pulumi/runtime/settings.js') as RuntimeSettings;
  const state = require('@pulumi/pulumi/runtime/state.js') as RuntimeState;
  keepConnectionsApart(settings);
  return state.withLocalStorage(async () => {
    const store = state.getStore();
    const ended = new AbortController();
    const error = await Promise.race([run(program, heard, settings), lost(store, ended.signal)]);
    ended.abort();
    store.settings.monitor?.close();
    store.settings.engine?.close();
    if (store.terminated) return 'the connection to the engine broke before everything was registered';
    if (error !== null) return error;
    if (stray.length > 0) return [...new Set(stray.map(({ message }) => message))].join('\n');
    const log = require('@pulumi/pulumi/log/index.js') as Log;
    return log.hasErrors() ? 'the program has logged an error' : null;
  });
}

/** Ends when the connection is lost: the SDK may wait for ever for what is queued behind the call that failed. */
async function lost(store: Store, signal: AbortSignal): Promise<null> {
  const looks = setInterval(100, undefined, { signal });
  while (!store.terminated) await looks.next();
  return null;
}

async function run(program: PulumiFn, heard: Heard, settings: RuntimeSettings): Promise<string | null> {
  const { setAllConfig } = require('@pulumi/pulumi/runtime/config.js') as RuntimeConfig;
  const { runInPulumiStack } = require('@pulumi/pulumi/runtime/stack.js') as RuntimeStack;
  const { project, stack, parallel, engineAddress, monitorAddress, dryRun, organization } = heard;
  try {
    settings.resetOptions(project, stack, parallel, engineAddress, monitorAddress, dryRun, organization);
    setAllConfig(heard.config, heard.secretKeys);
    await runInPulumiStack(program);
    await settings.disconnect(true);
    return null;
  } catch (error) {
    await settings.disconnect(false);
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * gRPC shares connections between all clients of a process, by address, and remembers which addresses did not answer.
 * Engines come and go on random ports, so that a new one may listen where an old one is remembered as dead: its program
 * would be refused without an attempt to connect.
 */
function keepConnectionsApart({ grpcClientOptions }: RuntimeSettings): void {
  grpcClientOptions['grpc.use_local_subchannel_pool'] = 1;
}
