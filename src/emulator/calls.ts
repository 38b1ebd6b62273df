/** One call of the Management API, recorded when its work is done and before its answer leaves. */
export interface Call {
  /** 1 for the first since the start or `resetCalls()`; the order in which calls took effect. */
  readonly number: number;
  readonly method: string;
  /** Raw, with `/api/v2` and still percent-encoded. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Parsed, without passwords and values of secrets; the text if it is not JSON; null if there is none. */
  readonly requestBody: unknown;
  /** 0 when the connection was cut before any work was done; the lost status when only the answer was. */
  readonly status: number;
  /** Anything but GET and HEAD, refused ones too. */
  readonly isWrite: boolean;
  readonly milliseconds: number;
}

export interface CallLog {
  readonly record: (call: Omit<Call, 'number' | 'isWrite'>) => void;
  readonly recordTokenRequest: () => void;
  readonly calls: () => readonly Call[];
  readonly tokenRequests: () => number;
  readonly reset: () => void;
}

/** `onCall` is told of each call as it is recorded, and so sees the tenant exactly as that call left it. */
export function createCallLog(onCall: ((call: Call) => void) | undefined): CallLog {
  let calls: Call[] = [];
  let tokenRequests = 0;
  return {
    record: (seen) => {
      const isWrite = seen.method !== 'GET' && seen.method !== 'HEAD';
      const call: Call = { ...seen, number: calls.length + 1, isWrite };
      calls.push(call);
      onCall?.(call);
    },
    recordTokenRequest: () => {
      tokenRequests += 1;
    },
    calls: () => [...calls],
    tokenRequests: () => tokenRequests,
    reset: () => {
      calls = [];
      tokenRequests = 0;
    },
  };
}
