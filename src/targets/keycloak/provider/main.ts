import messages from '@pulumi/pulumi/proto/provider_pb.js';
import { main } from '@pulumi/pulumi/provider/index.js';
import packageJson from '../../../../package.json' with { type: 'json' };
import { connectKeycloak } from '../realm-client.ts';
import { keycloakProvider } from './provider.ts';
import { counted } from './under-way.ts';

/** Milliseconds for what is under way when a run is told to stop. */
const grace = 10_000;
/** Milliseconds for an answer to leave. */
const parting = 50;
/** Seconds that a server which limits the rate is waited for in one run. */
const patience = 120;

const ended = new AbortController();

/** The engine begins nothing more once it is told to stop, and waits for what is under way: a role is not to be left between two calls. */
function stop(): void {
  setTimeout(() => ended.abort(), grace).unref();
}

// How the engine ends each of its runs: for a process that stays it would wait five seconds. Twice is somebody who does not wait.
process.once('SIGINT', () => {
  stop();
  provider.whenIdle(() => setTimeout(() => process.exit(), parting));
  process.once('SIGINT', () => ended.abort());
});

// An engine that is killed takes nobody with it: without this, the process would stay for ever.
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) process.exit(1);
}, 1000).unref();

// The engine knows no properties of what it imports and sends none, on which @pulumi/pulumi (3.270) fails.
const { prototype } = messages.ReadRequest;
const sent = prototype.getProperties;
const none = { toJavaScript: () => ({}) } as ReturnType<typeof sent>;
prototype.getProperties = function getProperties(this: typeof prototype) {
  return sent.call(this) ?? none;
};

const connect = () => connectKeycloak({ env: process.env, signal: ended.signal, onWait: () => {}, patience });
const provider = counted(keycloakProvider(connect, packageJson.version, stop));
await main(provider.verbs, process.argv.slice(2));
