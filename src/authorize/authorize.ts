import type { Decision, Reason, Resource } from './decision.ts';
import { messageOf } from './message-of.ts';
import type { Policy } from './policy.ts';
import type { Claims } from './read-claims.ts';
import {
  isAccessToken,
  isAllowedMachine,
  isMachine,
  isOfKnownClient,
  isThirdParty,
  readClaims,
  readConsent,
} from './read-claims.ts';
import { markerPrefix, readPolicy, unrestrictedMarker } from './read-policy.ts';
import type { Asked, Target } from './read-question.ts';
import { readPermission, readResource } from './read-question.ts';

export type { Decision, Denial, Reason, Resource } from './decision.ts';
export { reasons } from './decision.ts';
export type * from './policy.ts';

/** How far the clocks of issuer and service may be apart, in seconds: a token counts so much longer, and so much earlier. */
export const leewaySeconds = 5;

export interface AuthorizeOptions {
  /** Seconds since 1970; the clock, unless given. */
  readonly now?: number;
}

/**
 * Whether the holder of a token has a permission for a resource. It never throws, and what it does not understand is a no.
 * The answer is an object and so always truthy: look at its `allowed`.
 *
 * @param claims the payload of an access token whose signature the caller has verified; may be anything
 * @param permission our reference, with its level if it has levels: `data/spend-data:edit`
 * @param resource what it is asked for: exactly one app, vendor or reseller by its name, or the whole application
 */
export type Authorize = (
  claims: unknown,
  permission: string,
  resource: Resource,
  options?: AuthorizeOptions,
) => Decision;

const yes: Decision = Object.freeze({ allowed: true });
const failed: Decision = Object.freeze({
  allowed: false,
  reason: 'internal',
  message: messageOf('internal', { asked: null, target: null }),
  whenDenied: null,
});

/**
 * Makes the function that decides by a policy. The policy is copied: later changes to it change nothing.
 *
 * @throws TypeError if it is not a policy, or one of another version: a service should not start then
 */
export function createAuthorizer(policy: Policy): Authorize {
  const known = readPolicy(policy);
  return (claims, permission, resource, options) => {
    try {
      return decide(known, claims, permission, resource, options);
    } catch {
      return failed;
    }
  };
}

function decide(
  policy: Policy,
  claims: unknown,
  permission: unknown,
  resource: unknown,
  options: AuthorizeOptions | undefined,
): Decision {
  const asked = readPermission(permission, policy);
  if (typeof asked === 'string') return no(asked, null, null);
  const target = readResource(resource, policy);
  if (typeof target === 'string') return no(target, asked, null);
  const now = options?.now ?? Date.now() / 1000;
  if (!Number.isFinite(now)) return no('malformed-question', asked, target);
  const token = readClaims(claims);
  if (token === null) return no('malformed-claims', asked, target);
  const reason =
    whyNotCounted(token, policy, now) ?? whyNotHeld(token, policy, asked) ?? whyNotThere(token, policy, asked, target);
  return reason === null ? yes : no(reason, asked, target);
}

/** Why a token does not count, whatever it holds. */
function whyNotCounted(token: Claims, policy: Policy, now: number): Reason | null {
  if (!isAccessToken(token)) return 'not-an-access-token';
  if (token.issuer !== policy.issuer) return 'wrong-issuer';
  if (!token.audiences.includes(policy.audience)) return 'wrong-audience';
  if (now >= token.expires + leewaySeconds) return 'expired';
  if (token.notBefore !== null && now < token.notBefore - leewaySeconds) return 'not-yet-valid';
  if (isMachine(token)) return isAllowedMachine(token, policy) ? null : 'machine-not-allowed';
  return isOfKnownClient(token, policy) ? null : 'wrong-client';
}

/** Why the permission is not held anywhere. A higher level gives those below it. */
function whyNotHeld(token: Claims, policy: Policy, { scopes }: Asked): Reason | null {
  const held = scopes.filter((scope) => token.permissions.has(scope));
  if (held.length === 0) return 'not-held';
  if (!isThirdParty(token, policy)) return null;
  const consent = readConsent(token.scope);
  if (consent === null) return 'malformed-claims';
  return held.some((scope) => consent.has(scope)) ? null : 'not-consented';
}

/**
 * Why a permission that is held is not held for this. Markers and apps come from `permissions` alone, consent or not: a
 * client that leaves one of two markers out of its request must not gain by it.
 */
function whyNotThere(token: Claims, policy: Policy, { permission, level }: Asked, target: Target): Reason | null {
  if (permission.restrictedBy === null) return null;
  const [marker, ...others] = [...token.permissions].filter((scope) => scope.startsWith(markerPrefix));
  if (marker === undefined) return policy.restrictable ? 'no-marker' : null;
  if (others.length > 0) return 'conflicting-markers';
  if (marker === unrestrictedMarker) return null;
  if (!Object.values(policy.restrictions).some(({ scope }) => scope === marker)) return 'unknown-marker';
  if (target.kind === 'application') return 'restricted-to-apps';
  if (target.kind !== 'app' && !level.alsoForVendors) return 'not-for-vendors';
  return token.permissions.has(target.named.scope) ? null : `${target.kind}-not-held`;
}

function no(reason: Reason, asked: Asked | null, target: Target | null): Decision {
  return {
    allowed: false,
    reason,
    message: messageOf(reason, { asked, target }),
    whenDenied: asked?.level.whenDenied ?? null,
  };
}
