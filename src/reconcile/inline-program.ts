import { createRequire } from 'node:module';
import type { PulumiFn } from '@pulumi/pulumi/automation/workspace.js';

/** A program that waits on a local port to be run by the engine. */
export interface ServedProgram {
  /** `127.0.0.1:port`, for the engine's `--client`. */
  readonly address: string;
  readonly stop: (failed: boolean) => void;
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
interface LanguageServer {
  onPulumiExit(failed: boolean): void;
}

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
  const language = new LanguageServer(program);
  server.addService(LanguageRuntimeService, language);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    stop: (failed) => {
      server.forceShutdown();
      language.onPulumiExit(failed);
    },
  };
}
