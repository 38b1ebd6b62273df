import type { AuthorizeOptions, Denial, Policy, Resource } from '../authorize/authorize.ts';
import { createAuthorizer } from '../authorize/authorize.ts';
import { messageOf } from '../authorize/message-of.ts';
import { readPolicy } from '../authorize/read-policy.ts';
import type { KeyOptions } from './issuer-keys.ts';
import { issuerKeys } from './issuer-keys.ts';
import type { TokenDecision } from './token-decision.ts';
import { tokenMessages } from './token-decision.ts';
import { verifyToken } from './verify-token.ts';

export type { AuthorizeOptions, Policy, Resource } from '../authorize/authorize.ts';
export type { KeyOptions } from './issuer-keys.ts';
export type { TokenDecision, TokenDenial, TokenReason } from './token-decision.ts';
export { statusOf, tokenReasons } from './token-decision.ts';

/**
 * Whether the bearer of a token has a permission for a resource: as `Authorize`, of a token that nobody has verified yet. It
 * never rejects, and what it does not understand is a no.
 *
 * @param token an access token as it came, without `Bearer`; may be anything
 */
export type AuthorizeToken = (
  token: unknown,
  permission: string,
  resource: Resource,
  options?: AuthorizeOptions,
) => Promise<TokenDecision>;

const failed: Denial = Object.freeze({
  allowed: false,
  reason: 'internal',
  message: messageOf('internal', { asked: null, target: null }),
  whenDenied: null,
});

/**
 * Makes the function that verifies tokens of the policy's issuer and decides by the policy. The issuer's keys are asked for
 * with the first token, not here: a service starts without its tenant.
 *
 * @throws TypeError if it is not a policy, one of another version, or one whose keys are not to be had over https
 */
export function createTokenAuthorizer(policy: Policy, options?: KeyOptions): AuthorizeToken {
  const known = readPolicy(policy);
  const authorize = createAuthorizer(known);
  const keys = issuerKeys(known, options ?? {});
  return async (token, permission, resource, asked) => {
    try {
      // Without claims nobody is allowed anything: what is wrong with the question is told first, as `authorize` does.
      const unread = authorize(null, permission, resource, asked);
      if (unread.allowed) return failed;
      if (unread.reason !== 'malformed-claims') return unread;
      const verified = await verifyToken(token, known, keys, asked?.now ?? Date.now() / 1000);
      if (typeof verified === 'string') {
        return { ...unread, reason: verified, message: tokenMessages[verified] };
      }
      const decision = authorize(verified.claims, permission, resource, asked);
      return decision.allowed && verified.areRefused ? failed : decision;
    } catch {
      return failed;
    }
  };
}
