import type { MiddlewareHandler } from 'hono';
import { apiError } from './errors.ts';
import type { EmulatorEnv } from './tenant.ts';
import type { TokenService } from './tokens.ts';

/** Lets through what carries a valid token of this tenant: 401 otherwise. */
export function authenticate(tokens: TokenService): MiddlewareHandler<EmulatorEnv> {
  return async (context, next) => {
    const header = context.req.header('authorization');
    if (header === undefined) {
      throw apiError(401, 'Missing authentication');
    }
    const token = /^bearer (?<token>\S+)$/i.exec(header)?.groups?.token;
    if (token === undefined) {
      throw apiError(401, 'Invalid token.');
    }
    context.set('scopes', await tokens.scopesOf(token));
    await next();
  };
}

/** Lets through a token with at least one of the scopes: 403 `insufficient_scope` otherwise. */
export function anyScope(...scopes: readonly string[]): MiddlewareHandler<EmulatorEnv> {
  return async (context, next) => {
    if (!scopes.some((scope) => context.get('scopes').has(scope))) {
      throw apiError(403, `Insufficient scope, expected any of: ${scopes.join(',')}`, 'insufficient_scope');
    }
    await next();
  };
}

/** Lets through a token with all of the scopes: 403 `insufficient_scope` otherwise. */
export function allScopes(...scopes: readonly string[]): MiddlewareHandler<EmulatorEnv> {
  return async (context, next) => {
    if (!scopes.every((scope) => context.get('scopes').has(scope))) {
      throw apiError(403, `Insufficient scope, expected all of: ${scopes.join(',')}`, 'insufficient_scope');
    }
    await next();
  };
}
