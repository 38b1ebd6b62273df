import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import type { PulumiFn } from '@pulumi/pulumi/automation/workspace.js';

/** A program that waits on a local port to be run by the engine. */
export interface ServedProgram {
  /** `127.0.0.1:port`, for the engine's `--client`. */
  readonly address: string;
  /** Resolves when the program has let go of the connection that the next one will use. */
  readonly stop: (failed: boolean) => Promise<void>;
}

/** What is used of `@grpc/grpc-js` and of the Automation API's language server, neither of which has public types. */
interface GrpcServer {
  addService(service: unknown, implementation: unknown): void;
  bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
  forceShutdown(): void;
}
interface Grpc {
  readonly Server: new (options: object) => GrpcServer;
  readonly ServerCredentials: { createInsecure(): unknown };
}
type Answer = (error: Error | null | undefined, response?: RunResponse) => void;
interface RunResponse {
  getError(): string;
  setError(message: string): void;
}
interface LanguageServer {
  run(call: unknown, answer: Answer): Promise<void>;
  onPulumiExit(failed: boolean): void;
}
interface RuntimeSettings {
  disconnect(signalShutdown?: boolean): Promise<void>;
}

/** How long a program may take to let go when its engine has gone. */
const patienceMilliseconds = 5_000;

const require = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'));

/**
 * Serves an inline program with the Automation API's own language server. `Stack.up()` and `Stack.preview()` around it
 * are not used: they keep the engine's debug events, with secrets, in a named file, allow one interrupt only, and start
 * three more processes after each update.
 */
export async function serveProgram(program: PulumiFn): Promise<ServedProgram> {
  const grpc = require('@grpc/grpc-js') as Grpc;
  const { LanguageServer } = require('@pulumi/pulumi/automation/server.js') as {
    LanguageServer: new (program: PulumiFn) => LanguageServer;
  };
  const { LanguageRuntimeService } = require('@pulumi/pulumi/proto/language_grpc_pb.js') as {
    LanguageRuntimeService: unknown;
  };
  const { grpcChannelOptions } = require('@pulumi/pulumi/runtime/index.js') as { grpcChannelOptions: object };

  const server = new grpc.Server({ ...grpcChannelOptions });
  const run: ProgramRun = { hasRun: false, isHalf: false, isAbandoned: false, lettingGo: Promise.resolve() };
  guardConnection();
  const language = new LanguageServer(known(program, run));
  refuseHalf(language, run);
  server.addService(LanguageRuntimeService, language);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    stop: async (failed) => {
      run.isAbandoned = true;
      server.forceShutdown();
      await Promise.race([run.lettingGo, setTimeout(patienceMilliseconds, undefined, { ref: false })]);
      language.onPulumiExit(failed);
    },
  };
}

/** What is known of one run of a program. */
interface ProgramRun {
  /** Its own code has run to its end. */
  hasRun: boolean;
  /** It has let go of the engine before it came to its end. */
  isHalf: boolean;
  /** Its engine is gone, and whatever it does now must not touch the next run. */
  isAbandoned: boolean;
  /** What it has begun to let go of. */
  lettingGo: Promise<void>;
}

/** Runs by their local storage, by which the SDK tells them apart. */
const runs = new WeakMap<object, ProgramRun>();

/**
 * The SDK keeps the connection to the engine in one variable for the whole process, so that a program that ends late
 * would close the connection of the next one. A run that is abandoned closes nothing any more.
 */
function guardConnection(): void {
  const settings = require('@pulumi/pulumi/runtime/settings.js') as RuntimeSettings;
  const { getStore } = require('@pulumi/pulumi/runtime/state.js') as { getStore: () => object };
  if (guarded.has(settings)) return;
  guarded.add(settings);
  const disconnect = settings.disconnect;
  settings.disconnect = (signalShutdown) => {
    const run = runs.get(getStore());
    if (run?.isAbandoned) return Promise.resolve();
    // The server asks for a shutdown signal only where the program has come to its end.
    const done = disconnect(signalShutdown);
    if (run !== undefined) {
      run.isHalf = signalShutdown !== true;
      run.lettingGo = done.catch(() => undefined);
    }
    return done;
  };
}

const guarded = new WeakSet<object>();

/** The program, known by its local storage as soon as it runs. */
function known(program: PulumiFn, run: ProgramRun): PulumiFn {
  const { getStore } = require('@pulumi/pulumi/runtime/state.js') as { getStore: () => object };
  return async () => {
    runs.set(getStore(), run);
    const outputs = await program();
    run.hasRun = true;
    return outputs;
  };
}

/**
 * Makes a program that lost its connection fail. The SDK's server takes an error of the connection for the end of the
 * engine and answers that all went well; to the engine that is a program that declares nothing more, and whatever it has
 * not registered would be deleted.
 */
function refuseHalf(language: LanguageServer, run: ProgramRun): void {
  const serve = language.run.bind(language);
  language.run = (call, answer) =>
    serve(call, (error, response) => {
      if ((run.isHalf || !run.hasRun) && response?.getError() === '') {
        response.setError('the connection to the engine broke before everything was registered');
      }
      answer(error, response);
    });
}
