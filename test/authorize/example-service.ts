import { readFileSync } from 'node:fs';
import type { Authorize, Resource } from '../../src/authorize/authorize.ts';
import { createAuthorizer } from '../../src/authorize/authorize.ts';

// As in Express; `auth.payload` is what a middleware left there that has verified the token's signature.
interface Request {
  readonly params: Readonly<Record<string, string>>;
  readonly auth?: { readonly payload: unknown };
}
interface Response {
  status(code: number): Response;
  json(body: unknown): unknown;
}

/** At the start, once. It throws if the file is no policy: a service without one should not run. */
export function authorizerOf(file: string): Authorize {
  return createAuthorizer(JSON.parse(readFileSync(file, 'utf8')));
}

/** Lets a request through, or answers with the reason. */
export function requires(authorize: Authorize, permission: string, resourceOf: (request: Request) => Resource) {
  return (request: Request, response: Response, next: () => unknown): unknown => {
    const decision = authorize(request.auth?.payload, permission, resourceOf(request));
    if (decision.allowed) return next();
    const { reason, message, whenDenied } = decision;
    return response.status(403).json({ reason, message, whenDenied });
  };
}

/** The routes of a service: what concerns one app says which, what concerns them all says so. */
export function routes(authorize: Authorize) {
  return {
    'PUT /apps/:app/spend': requires(authorize, 'data/spend-data:edit', ({ params }) => ({ app: params.app ?? '' })),
    'GET /spend': requires(authorize, 'data/spend-data:view', () => ({ applicationWide: true })),
  };
}
