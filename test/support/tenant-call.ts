import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { Emulator } from '../../src/emulator/start-emulator.ts';

/** A call of the Management API as somebody else would make it: the dashboard, another tool. Returns the parsed answer. */
export function tenantCall(emulator: Emulator, method: string, path: string, body?: unknown): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const sent = request(
    `https://${emulator.domain}/api/v2${path}`,
    {
      method,
      ca: readFileSync(emulator.certificateFile),
      headers: { authorization: `Bearer ${emulator.token}`, 'content-type': 'application/json' },
    },
    (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        if ((response.statusCode ?? 500) >= 400) reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
        else resolve(text === '' ? null : JSON.parse(text));
      });
    },
  );
  sent.on('error', reject);
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}
