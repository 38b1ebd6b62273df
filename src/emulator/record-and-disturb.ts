import { setTimeout as delay } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import type { CallLog } from './calls.ts';
import { withoutSecrets } from './concealed.ts';
import type { FaultAnswer, FaultQueue } from './faults.ts';
import { faultResponse } from './faults.ts';
import type { EmulatorEnv } from './tenant.ts';

/** No fault: the call takes its course. */
const none: FaultAnswer = { delayMilliseconds: 0 };

export interface Disturbance {
  readonly callLog: CallLog;
  readonly faults: FaultQueue;
  /** Answers a read as the tenant was before its last writes. */
  readonly answerStale: (context: Context<EmulatorEnv>, writes: number) => Promise<Response>;
  /** Ends delays; what was delayed is cut off then, without being done or recorded. */
  readonly stopped: AbortSignal;
}

/** Performs the fault that is due for a call, and records the call when its work is done and before its answer leaves. */
export function recordAndDisturb(disturbance: Disturbance): MiddlewareHandler<EmulatorEnv> {
  const { callLog, faults, answerStale, stopped } = disturbance;
  return async (context, next) => {
    const started = performance.now();
    const { pathname, search } = new URL(context.req.url);
    const text = await context.req.text();
    const fault = faults.take(context.req.method, pathname) ?? none;
    if ('delayMilliseconds' in fault && fault !== none) {
      await delay(fault.delayMilliseconds, undefined, { signal: stopped }).catch(() => {});
    }
    if (stopped.aborted) {
      return cutConnection(context);
    }
    const isCut = 'cut' in fault;
    if ('status' in fault) {
      context.res = faultResponse(fault);
    } else if ('staleBy' in fault) {
      context.res = await answerStale(context, fault.staleBy);
    } else if (!isCut) {
      await next();
    }
    if (pathname.startsWith('/api/v2/')) {
      callLog.record({
        method: context.req.method,
        path: pathname,
        query: search.slice(1),
        requestBody: withoutSecrets(parsedBody(text)),
        status: isCut ? 0 : context.res.status,
        milliseconds: performance.now() - started,
      });
    } else if (pathname === '/oauth/token') {
      callLog.recordTokenRequest();
    }
    if (isCut || 'loseAnswer' in fault) {
      cutConnection(context);
    }
  };
}

function cutConnection(context: Context<EmulatorEnv>): void {
  context.env.incoming.socket.destroy();
  context.res = RESPONSE_ALREADY_SENT.clone();
}

function parsedBody(text: string): unknown {
  if (text === '') {
    return null;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
