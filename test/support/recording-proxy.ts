import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A call as it came to the proxy. */
export interface ProxiedCall {
  readonly method: string;
  /** With the query, as it was sent. */
  readonly path: string;
  /** Empty where there is none. */
  readonly body: string;
  /** Whether it may change something: no GET, and no sign-in. */
  readonly isWrite: boolean;
}

/** A call that is over; the status is null where the client was left without an answer. */
export interface RecordedCall extends ProxiedCall {
  readonly status: number | null;
  /** Whether the server has had it. */
  readonly isForwarded: boolean;
}

/**
 * What becomes of a call instead of being forwarded: an answer in the server's stead, a connection that breaks before the server
 * has it, or one that breaks when the server has done it and its answer is on the way.
 */
export type Interference =
  | { readonly status: number; readonly body?: unknown }
  | 'break before it arrives'
  | 'break before the answer arrives';

export type BeforeCall = (call: ProxiedCall) => Promise<Interference | undefined>;
export type AfterCall = (call: RecordedCall) => Promise<void>;

/** Stands in front of a server on 127.0.0.1, and writes down what passes. */
export interface RecordingProxy {
  readonly url: string;
  /** All calls that are over, in the order of their ends. */
  readonly calls: () => readonly RecordedCall[];
  /**
   * Asked before each call is forwarded, which waits for it; takes the place of what was asked before, and null of nothing. Where
   * it fails, the call is answered with status 500 and its message.
   */
  readonly before: (hook: BeforeCall | null) => void;
  /** Told of each call when it is over, whatever became of it, before its answer leaves, which waits for it. */
  readonly after: (hook: AfterCall | null) => void;
  readonly stop: () => Promise<void>;
}

/** @param target the server, `http://host:port` */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const agent = new Agent({ keepAlive: true });
  const recorded: RecordedCall[] = [];
  let hook: BeforeCall | null = null;
  let told: AfterCall | null = null;

  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const body = await buffer(incoming).catch(() => null);
    if (body === null) return;
    const isWrite = !['GET', 'HEAD'].includes(method) && !path.includes('/protocol/openid-connect/');
    const call: ProxiedCall = { method, path, body: body.toString(), isWrite };
    const record = async (status: number | null, isForwarded: boolean) => {
      const over = { ...call, status, isForwarded };
      recorded.push(over);
      await told?.(over);
    };
    const instead = await hook?.(call).catch((error: Error) => ({ status: 500, body: { error: error.message } }));
    // Who was held and has gone meanwhile no longer asks.
    if (instead === 'break before it arrives' || outgoing.destroyed) {
      await record(null, false);
      outgoing.destroy();
    } else if (typeof instead === 'object') {
      await record(instead.status, false);
      send(outgoing, instead.status, { 'content-type': 'application/json' }, JSON.stringify(instead.body ?? {}));
    } else {
      const answer = await forward(new URL(target), agent, call, headers).catch(() => null);
      const isLost = answer === null || instead === 'break before the answer arrives';
      await record(isLost ? null : answer.status, answer !== null);
      if (isLost) outgoing.destroy();
      else send(outgoing, answer.status, answer.headers, answer.body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => [...recorded],
    before: (asked) => {
      hook = asked;
    },
    after: (asked) => {
      told = asked;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The server is told its own name as the host, for it names itself by it, in tokens and in addresses of what it has made. */
function forward(target: URL, agent: Agent, call: ProxiedCall, headers: IncomingHttpHeaders): Promise<Answer> {
  const { connection: _, 'transfer-encoding': __, ...passed } = headers;
  return new Promise((resolve, reject) => {
    const outgoing = request(target, {
      ...{ agent, method: call.method, path: call.path },
      headers: { ...passed, host: target.host, 'content-length': Buffer.byteLength(call.body) },
    });
    outgoing.once('error', reject);
    outgoing.once('response', (answer) => {
      const { statusCode: status = 502, headers } = answer;
      buffer(answer).then((body) => resolve({ status, headers, body }), reject);
    });
    outgoing.end(call.body);
  });
}

function send(outgoing: ServerResponse, status: number, headers: IncomingHttpHeaders, body: Buffer | string): void {
  const { connection: _, 'transfer-encoding': __, 'content-length': ___, ...passed } = headers;
  outgoing.writeHead(status, { ...passed, ...(status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }) });
  outgoing.end(body);
}
