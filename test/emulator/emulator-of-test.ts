import { onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import type { Answer, CallOptions } from './call-emulator.ts';
import { callEmulator } from './call-emulator.ts';

export interface EmulatorOfTest extends Emulator {
  /** `send('POST', '/roles', {name: 'a'})` */
  readonly send: (method: string, path: string, body?: unknown, options?: CallOptions) => Promise<Answer>;
  /** The id of what a POST made; throws when it was refused. */
  readonly create: (path: string, body: unknown) => Promise<string>;
}

/** An emulator that ends with the test that called for it. */
export async function emulatorOfTest(options: EmulatorOptions = {}): Promise<EmulatorOfTest> {
  const emulator = await startEmulator(options);
  onTestFinished(emulator.stop);
  const send: EmulatorOfTest['send'] = (method, path, body, more = {}) =>
    callEmulator(emulator, method, path, { ...(body === undefined ? {} : { body }), ...more });
  return {
    ...emulator,
    send,
    create: async (path, body) => {
      const answer = await send('POST', path, body);
      if (answer.status >= 300) {
        throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`);
      }
      const created = answer.body as { id?: string; user_id?: string };
      return created.id ?? created.user_id ?? '';
    },
  };
}

/** Auth0's error body. */
export function errorOf(status: number, error: string, message: string, errorCode?: string): object {
  return { statusCode: status, error, message, ...(errorCode === undefined ? {} : { errorCode }) };
}

export const audience = 'https://api.example.com/';

/** A resource server of `audience` with these scopes, described as "May <scope>". */
export function resourceServerWith(...scopes: readonly string[]): object {
  return {
    identifier: audience,
    name: 'Example',
    scopes: scopes.map((value) => ({ value, description: `May ${value}` })),
  };
}

/** The body that names permissions of `audience`. */
export function permissionsBody(...scopes: readonly string[]): object {
  return {
    permissions: scopes.map((scope) => ({ resource_server_identifier: audience, permission_name: scope })),
  };
}
