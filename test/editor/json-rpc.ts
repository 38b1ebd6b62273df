import type { Readable, Writable } from 'node:stream';

/** The two ends of a conversation in JSON-RPC, as the Language Server Protocol frames it. */
export interface Conversation {
  readonly request: (method: string, params: unknown) => Promise<unknown>;
  readonly notify: (method: string, params: unknown) => void;
}

/** What the other side asks or tells; what is returned answers a request. */
export type Listener = (method: string, params: unknown) => unknown;

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Speaks over a pair of streams. */
export function converse(input: Readable, output: Writable, listen: Listener): Conversation {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let unread = Buffer.alloc(0);
  input.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    for (let message = take(); message !== null; message = take()) receive(message);
  });
  return {
    request: (method, params) => {
      const id = waiting.size + 1;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      send({ id, method, params });
      return answer.promise;
    },
    notify: (method, params) => send({ method, params }),
  };

  function send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    output.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  /** The first whole message of what has come; null while there is none. */
  function take(): Message | null {
    const end = unread.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const length = Number(/content-length: *(\d+)/iu.exec(unread.toString('latin1', 0, end))?.[1]);
    const next = end + 4 + length;
    if (unread.length < next) return null;
    const body = unread.toString('utf8', end + 4, next);
    unread = unread.subarray(next);
    return JSON.parse(body) as Message;
  }

  function receive({ id, method, params, result, error }: Message): void {
    if (method !== undefined) {
      const answer = listen(method, params);
      if (id !== undefined) send({ id, result: answer ?? null });
      return;
    }
    const answer = waiting.get(Number(id));
    if (error === undefined) answer?.resolve(result);
    else answer?.reject(new Error(error.message));
  }
}
