import { createRequire } from 'node:module';
import { ComponentResource } from '@pulumi/pulumi';
import type { PulumiFn } from '@pulumi/pulumi/automation/workspace.js';
import { afterEach, describe, expect, test } from 'vitest';
import { serveProgram } from '../../src/reconcile/inline-program.ts';

const require = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'));
const grpc = require('@grpc/grpc-js');
const { ResourceMonitorService, ResourceMonitorClient } = require('@pulumi/pulumi/proto/resource_grpc_pb.js');
const { RegisterResourceResponse } = require('@pulumi/pulumi/proto/resource_pb.js');
const { LanguageRuntimeClient } = require('@pulumi/pulumi/proto/language_grpc_pb.js');
const { RunRequest } = require('@pulumi/pulumi/proto/language_pb.js');
const { Empty } = require('google-protobuf/google/protobuf/empty_pb.js');

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A resource monitor as the engine has one; it hears `most` registrations, and with the next one the connection breaks. */
async function startMonitor({ port = 0, most = Number.POSITIVE_INFINITY } = {}) {
  const heard: string[] = [];
  const server = new grpc.Server();
  server.addService(ResourceMonitorService, {
    registerResource: (call: Call, answer: (error: null, response: unknown) => void) => {
      if (heard.length >= most) return server.forceShutdown();
      const response = new RegisterResourceResponse();
      heard.push(call.request.getName());
      response.setUrn(`urn:pulumi:dev::test::${call.request.getType()}::${call.request.getName()}`);
      answer(null, response);
    },
    registerResourceOutputs: (_: unknown, answer: (error: null, response: unknown) => void) =>
      answer(null, new Empty()),
  });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      `127.0.0.1:${port}`,
      grpc.ServerCredentials.createInsecure(),
      (error: Error | null, at: number) => {
        if (error === null) resolve(at);
        else reject(error);
      },
    );
  });
  closing.push(() => server.forceShutdown());
  return { port: bound, heard, stop: () => server.forceShutdown() };
}
interface Call {
  readonly request: { getType(): string; getName(): string };
}

/** What the engine is answered when it asks for the program to be run against this monitor; empty: all went well. */
async function answerTo(program: PulumiFn, monitor: { readonly port: number }): Promise<string> {
  const served = await serveProgram(program);
  const client = new LanguageRuntimeClient(served.address, grpc.credentials.createInsecure());
  closing.push(() => client.close(), served.stop);
  const request = new RunRequest();
  request.setProject('test');
  request.setStack('dev');
  request.setMonitorAddress(address(monitor));
  return new Promise((resolve, reject) => {
    client.run(request, (error: Error | null, response: { getError(): string }) => {
      if (error === null) resolve(response.getError());
      else reject(error);
    });
  });
}

const address = ({ port }: { readonly port: number }) => `127.0.0.1:${port}`;

const declaring =
  (...names: readonly string[]): PulumiFn =>
  async () => {
    for (const name of names) new ComponentResource('test:index:Thing', name);
  };

const broken = 'the connection to the engine broke before everything was registered';

describe('an inline program', () => {
  test('is heard to its end', async () => {
    const monitor = await startMonitor();
    expect(await answerTo(declaring('one', 'two'), monitor)).toBe('');
    expect(monitor.heard).toEqual(['test-dev', 'one', 'two']);
  });

  test('fails where the engine cannot be reached: it has not declared nothing', async () => {
    const monitor = await startMonitor();
    monitor.stop();
    expect(await answerTo(declaring('one'), monitor)).toBe(broken);
  });

  test('fails where the connection breaks half-way, also over a resource that nobody waits for', async () => {
    const monitor = await startMonitor({ most: 2 });
    expect(await answerTo(declaring('one', 'two'), monitor)).toBe(broken);
    expect(monitor.heard).toEqual(['test-dev', 'one']);
  });

  test('fails with the message of what it throws, and of what it throws in the background', async () => {
    const monitor = await startMonitor();
    const throwing = async () => {
      throw new Error('no such role');
    };
    expect(await answerTo(throwing, monitor)).toBe('no such role');
    const straying = async () => {
      void Promise.reject(new Error('lost on the way'));
      await declaring('one')();
    };
    expect(await answerTo(straying, monitor)).toBe('lost on the way');
  });

  test('reaches an engine that listens where another one has gone, although a client still remembers that one', async () => {
    const gone = await startMonitor();
    gone.stop();
    const { grpcClientOptions } = require('@pulumi/pulumi/runtime/settings.js');
    const remembering = new ResourceMonitorClient(address(gone), grpc.credentials.createInsecure(), grpcClientOptions);
    closing.push(() => remembering.close());
    const refused = await new Promise((resolve) => remembering.getDeploymentInfo(new Empty(), resolve));
    expect(refused).toMatchObject({ code: grpc.status.UNAVAILABLE });

    const next = await startMonitor(gone);
    expect(await answerTo(declaring('one'), next)).toBe('');
    expect(next.heard).toEqual(['test-dev', 'one']);
  });
});
