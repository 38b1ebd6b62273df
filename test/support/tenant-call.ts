import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { Emulator } from '../../src/emulator/start-emulator.ts';

/** A call of the Management API as somebody else would make it: the dashboard, another tool. Returns the parsed answer. */
export function tenantCall(emulator: Emulator, method: string, path: string, body?: unknown): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const text = body === undefined ? '' : JSON.stringify(body);
  const sent = request(
    `https://${emulator.domain}/api/v2${path}`,
    {
      method,
      ca: readFileSync(emulator.certificateFile),
      headers: {
        authorization: `Bearer ${emulator.token}`,
        'content-type': 'application/json',
        // Node would send a DELETE's body in chunks, which servers refuse.
        'content-length': Buffer.byteLength(text),
      },
    },
    (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        answer += chunk;
      });
      response.on('end', () => {
        if ((response.statusCode ?? 500) >= 400)
          reject(new Error(`${method} ${path}: ${response.statusCode} ${answer}`));
        else resolve(answer === '' ? null : JSON.parse(answer));
      });
    },
  );
  sent.on('error', reject);
  sent.end(text);
  return promise;
}
