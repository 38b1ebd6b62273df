import type { Fault, FaultAnswer } from './faults.ts';

/** How a fault is written, for those who got it wrong. */
export const faultGrammar =
  'Expected "[METHOD] [PATH] WHAT [xN] [after N]", where WHAT is 400, 401, 403, 404, 409, 429, 500, 502, 503, 504, cut, ' +
  'lost, slow=MILLISECONDS or stale=WRITES, as in "POST /roles/*/permissions lost after 2".';

const notation =
  /^(?:(?<method>GET|POST|PATCH|PUT|DELETE) +)?(?:(?<path>\/\S*) +)?(?<what>\d+|cut|lost|slow=\d+|stale=\d+)(?: +x(?<times>\d+))?(?: +after +(?<after>\d+))?$/;

/**
 * A fault in one line, as the command line takes it: `503`, `POST /roles cut`, `GET /roles/* stale=1 x3 after 2`. In a path a
 * star stands for anything, and `/api/v2` may be left out. Undefined when it is none.
 */
export function readFault(text: string): Fault | undefined {
  const { method, path, what = '', times, after } = notation.exec(text.trim())?.groups ?? {};
  const answer = readAnswer(what);
  if (answer === undefined) {
    return undefined;
  }
  return {
    match: {
      ...(method === undefined ? {} : { method }),
      ...(path === undefined ? {} : { path: pathPattern(path) }),
    },
    ...(times === undefined ? {} : { times: Number(times) }),
    ...(after === undefined ? {} : { after: Number(after) }),
    answer,
  };
}

const statuses = [400, 401, 403, 404, 409, 429, 500, 502, 503, 504] as const;

function readAnswer(what: string): FaultAnswer | undefined {
  const [word, number] = what.split('=');
  switch (word) {
    case 'cut':
      return { cut: true };
    case 'lost':
      return { loseAnswer: true };
    case 'slow':
      return { delayMilliseconds: Number(number) };
    case 'stale':
      return { staleBy: Number(number) };
    default: {
      const status = statuses.find((known) => String(known) === word);
      return status === undefined ? undefined : { status };
    }
  }
}

function pathPattern(path: string): RegExp {
  const whole = /^\/(api\/v2|oauth|\.well-known)(\/|$)/.test(path) ? path : `/api/v2${path}`;
  const escaped = whole.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`);
}
