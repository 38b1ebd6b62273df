import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { Emulator } from '../../src/emulator/start-emulator.ts';

/** A POST that no tool makes: what people do at the dashboard. Returns the parsed answer; null where it is empty. */
export function callTenant(emulator: Emulator, method: 'POST', path: string, body: object): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const headers = { authorization: `Bearer ${emulator.token}`, 'content-type': 'application/json' };
  const options = { method, headers, ca: readFileSync(emulator.certificateFile) };
  const call = request(`https://${emulator.domain}/api/v2${path}`, options, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    response.on('end', () => {
      if ((response.statusCode ?? 500) >= 400) reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
      else resolve(text === '' ? null : JSON.parse(text));
    });
  });
  call.on('error', reject);
  call.end(JSON.stringify(body));
  return promise;
}
