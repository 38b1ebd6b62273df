import type { Git } from './git.ts';
import { gitFailure, startGit } from './git.ts';

export interface ObjectHeader {
  readonly type: string;
  readonly size: number;
}

/** Reads objects by their ids, through processes of git that stay until they are closed. */
export interface ObjectReader {
  /** What an object is, without its bytes; null: this clone has no such object. */
  readonly describe: (id: string) => Promise<ObjectHeader | null>;
  /** The bytes of an object that is known to be small enough. */
  readonly read: (id: string) => Promise<Buffer | null>;
  readonly close: () => void;
}

/**
 * Opens a reader; a process starts with the first question. Only ids in hex are ever asked for. Where git itself fails, as
 * over damaged objects, a question ends in a `GitFailure`.
 */
export function openObjects(git: Git): ObjectReader {
  let headers: Batch | null = null;
  let contents: Batch | null = null;
  return {
    describe: async (id) => {
      headers ??= startBatch(git, '--batch-check');
      return (await headers.ask(id))?.header ?? null;
    },
    read: async (id) => {
      contents ??= startBatch(git, '--batch');
      return (await contents.ask(id))?.bytes ?? null;
    },
    close: () => {
      headers?.close();
      contents?.close();
    },
  };
}

interface Answer {
  readonly header: ObjectHeader;
  readonly bytes: Buffer;
}

interface Batch {
  readonly ask: (id: string) => Promise<Answer | null>;
  readonly close: () => void;
}

/** One `git cat-file`: questions are answered in their order, so that many may be asked before the first is answered. */
function startBatch(git: Git, mode: '--batch' | '--batch-check'): Batch {
  const child = startGit(git, ['cat-file', mode]);
  const waiting: { readonly resolve: (answer: Answer | null) => void; readonly reject: (reason: Error) => void }[] = [];
  let received: Buffer[] = [];
  let length = 0;
  let header: ObjectHeader | null = null;
  let ended: Error | null = null;

  const take = (count: number): Buffer => {
    const all = received.length === 1 && received[0] !== undefined ? received[0] : Buffer.concat(received);
    received = [all.subarray(count)];
    length -= count;
    return all.subarray(0, count);
  };
  const lineLength = (): number => {
    if (received.length > 1) received = [Buffer.concat(received)];
    return (received[0]?.indexOf(0x0a) ?? -1) + 1;
  };
  /** Answers the first question that waits, if all of its answer is there. */
  const answerOne = (): boolean => {
    if (header === null) {
      const line = lineLength();
      if (line === 0) return false;
      const [, type = 'missing', size = '0'] = take(line).toString().trimEnd().split(' ');
      if (type === 'missing') {
        waiting.shift()?.resolve(null);
        return true;
      }
      header = { type, size: Number(size) };
    }
    const isHeaderOnly = mode === '--batch-check';
    if (!isHeaderOnly && length < header.size + 1) return false;
    const bytes = isHeaderOnly ? Buffer.alloc(0) : take(header.size + 1).subarray(0, header.size);
    waiting.shift()?.resolve({ header, bytes });
    header = null;
    return true;
  };
  const end = (reason: string) => {
    ended ??= gitFailure(`git cat-file has ended: ${reason}`);
    for (const { reject } of waiting.splice(0)) reject(ended);
  };

  child.stdout.on('data', (chunk: Buffer) => {
    received.push(chunk);
    length += chunk.length;
    while (waiting.length > 0 && length > 0 && answerOne());
  });
  child.stderr.resume();
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => end(error.message));
  child.on('close', (code) => end(`exit code ${code}`));
  return {
    ask: (id) => {
      const { promise, resolve, reject } = Promise.withResolvers<Answer | null>();
      if (!/^[0-9a-f]{40,64}$/u.test(id)) reject(new Error(`"${id}" is no id of an object`));
      else if (ended !== null) reject(ended);
      else {
        waiting.push({ resolve, reject });
        child.stdin.write(`${id}\n`);
      }
      return promise;
    },
    close: () => child.stdin.end(),
  };
}
