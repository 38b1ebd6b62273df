import { createRequire } from 'node:module';
import type { PulumiFn } from '@pulumi/pulumi/automation/workspace.js';
import type { Answer, Heard } from './hear-program.ts';
import { hearProgram } from './hear-program.ts';

/** A program that waits on a local port to be run by the engine. */
export interface ServedProgram {
  /** `127.0.0.1:port`, for the engine's `--client`. */
  readonly address: string;
  readonly stop: () => void;
}

/** What is used of `@grpc/grpc-js`, which is loaded through the SDK: it must be the SDK's own copy. */
interface Grpc {
  readonly Server: new (
    options: object,
  ) => {
    addService(service: unknown, handlers: Handlers): void;
    bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
    forceShutdown(): void;
  };
  readonly ServerCredentials: { createInsecure(): unknown };
}

/** What the engine asks of a language; what is not here is answered as unimplemented, and the engine does without. */
interface Handlers {
  readonly run: (call: { readonly request: RunRequest }, answer: Answer<RunResponse>) => void;
  readonly getPluginInfo: (call: unknown, answer: Answer<unknown>) => void;
  readonly getRequiredPlugins: (call: unknown, answer: Answer<unknown>) => void;
}
interface RunRequest {
  getProject(): string;
  getStack(): string;
  getParallel(): number;
  getArgsList(): readonly string[];
  getMonitorAddress(): string;
  getDryrun(): boolean;
  getOrganization(): string;
  getConfigMap(): { entries(): Iterable<readonly [string, string]> };
  getConfigsecretkeysList(): readonly string[];
}
interface RunResponse {
  setError(message: string): void;
}
interface Messages {
  readonly RunResponse: new () => RunResponse;
  readonly PluginInfo: new () => { setVersion(version: string): void };
  readonly GetRequiredPluginsResponse: new () => object;
}

const require = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'));

/**
 * Serves an inline program to the engine. Of the Automation API neither `Stack.up()` and `Stack.preview()` are used (they
 * keep the engine's debug events, with secrets, in a named file, allow one interrupt only, and start three more processes
 * after each update) nor its language server (see `hearProgram`).
 */
export async function serveProgram(program: PulumiFn): Promise<ServedProgram> {
  const grpc = require('@grpc/grpc-js') as Grpc;
  const { grpcChannelOptions } = require('@pulumi/pulumi/runtime/settings.js') as { grpcChannelOptions: object };
  const { LanguageRuntimeService } = require('@pulumi/pulumi/proto/language_grpc_pb.js') as {
    LanguageRuntimeService: unknown;
  };
  const stray = collectStrays();
  const server = new grpc.Server(grpcChannelOptions);
  server.addService(LanguageRuntimeService, handlers(program, stray.errors));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    stop: () => {
      server.forceShutdown();
      stray.stop();
    },
  };
}

function handlers(program: PulumiFn, stray: readonly Error[]): Handlers {
  const { RunResponse, GetRequiredPluginsResponse } = require('@pulumi/pulumi/proto/language_pb.js') as Messages;
  const { PluginInfo } = require('@pulumi/pulumi/proto/plugin_pb.js') as Messages;
  return {
    run: async ({ request }, answer) => {
      const error = await hearProgram(program, heardFrom(request), stray);
      const response = new RunResponse();
      if (error !== null) response.setError(error);
      answer(null, response);
    },
    getPluginInfo: (_, answer) => {
      const info = new PluginInfo();
      info.setVersion('1.0.0');
      answer(null, info);
    },
    getRequiredPlugins: (_, answer) => answer(null, new GetRequiredPluginsResponse()),
  };
}

function heardFrom(request: RunRequest): Heard {
  return {
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    parallel: request.getParallel(),
    dryRun: request.getDryrun(),
    engineAddress: request.getArgsList()[0] ?? '',
    monitorAddress: request.getMonitorAddress(),
    config: Object.fromEntries(request.getConfigMap().entries()),
    secretKeys: request.getConfigsecretkeysList(),
  };
}

const afterTheEngine = 500;

/**
 * Errors that nobody awaits: the SDK registers resources in the background. They are collected for as long as the engine
 * runs and a little longer, not only while the program does, because what it gave up in the end may come late. Whoever else
 * listens for such errors must leave them alone meanwhile: after Ctrl-C, each registration that is refused is one.
 */
function collectStrays(): { readonly errors: readonly Error[]; readonly stop: () => void } {
  const errors: Error[] = [];
  const collect = (error: unknown) => {
    errors.push(error instanceof Error ? error : new Error(String(error)));
  };
  process.on('uncaughtException', collect);
  process.on('unhandledRejection', collect);
  return {
    errors,
    stop: () => {
      setTimeout(() => {
        process.off('uncaughtException', collect);
        process.off('unhandledRejection', collect);
      }, afterTheEngine).unref();
    },
  };
}
