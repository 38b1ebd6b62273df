import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { problemsOfAnswer } from './openapi.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed; null when there is none; the text when it is not JSON. */
  readonly body: unknown;
}

export interface CallOptions {
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** null sends none. */
  readonly token?: string | null;
}

/**
 * Calls an emulator over a few connections of its own; `path` is sent raw. Rejects when the connection is cut, and when Auth0's
 * OpenAPI has something against the answer: so each test that calls is a test of that too.
 */
export function callEmulator(
  emulator: Emulator,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const token = options.token === undefined ? emulator.token : options.token;
  const text = typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
  const [host, port] = emulator.domain.split(':');
  const outgoing = request(
    {
      host,
      port,
      method,
      path: /^\/(authorize\?|oauth\/|\.well-known\/)/.test(path) ? path : `/api/v2${path}`,
      agent: agentOf(emulator),
      headers: {
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...options.headers,
      },
    },
    async (incoming) => {
      const chunks = await incoming.setEncoding('utf8').toArray();
      const answer = { status: incoming.statusCode ?? 0, headers: incoming.headers, body: parsed(chunks.join('')) };
      const problems = problemsOfAnswer(method, path.replace(/\?.*$/, ''), answer.status, answer.body);
      if (problems.length === 0) {
        resolve(answer);
      } else {
        reject(new Error(problems.join('\n')));
      }
    },
  );
  outgoing.on('error', reject);
  outgoing.end(text);
  return promise;
}

const agents = new WeakMap<Emulator, Agent>();

function agentOf(emulator: Emulator): Agent {
  const known = agents.get(emulator);
  if (known !== undefined) {
    return known;
  }
  const agent = new Agent({ ca: readFileSync(emulator.certificateFile), keepAlive: true, maxSockets: 4 });
  agents.set(emulator, agent);
  return agent;
}

function parsed(text: string): unknown {
  if (text === '') {
    return null;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
