import { readFileSync } from 'node:fs';
import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { getCACertificates } from 'node:tls';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface SenderOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** The longest that a call may be silent, in milliseconds. */
  readonly timeout: number;
}

/** Sends one request and reads its answer whole, whatever the status. Rejects where there is none, with the cause's code. */
export type Sender = (url: string, request: Request) => Promise<Answer>;

/**
 * Over connections that are kept, through the proxy that the variables name. It trusts the certificates of SSL_CERT_FILE and
 * NODE_EXTRA_CA_CERTS itself: Node reads the latter at its start only and the former not at all, and `fetch` can be told neither.
 */
export function connect({ env, signal, timeout }: SenderOptions): Sender {
  const kept = { keepAlive: true, proxyEnv: { ...env } };
  const http = new HttpAgent(kept);
  const https = new HttpsAgent({ ...kept, ca: trusted(env) });
  return (url, { method, headers, body }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    // Node sends no length with a DELETE by itself, and then the server does not look at what it is to delete.
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = { method, headers: { ...headers, ...length }, signal, timeout };
    const sent = url.startsWith('https:')
      ? requestHttps(url, { ...options, agent: https })
      : requestHttp(url, { ...options, agent: http });
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`i/o timeout: no answer within ${timeout / 1000} s`)));
    sent.on('error', reject);
    sent.end(body);
    return promise;
  };
}

function trusted(env: SenderOptions['env']): string[] {
  const files = [env.SSL_CERT_FILE, env.NODE_EXTRA_CA_CERTS].filter((file) => file !== undefined && file !== '');
  const read = [...new Set(files)].flatMap((file) => {
    try {
      return [readFileSync(file as string, 'utf8')];
    } catch {
      // The providers do not fail either; the handshake says which certificate is not trusted.
      return [];
    }
  });
  return [...getCACertificates('default'), ...read];
}
