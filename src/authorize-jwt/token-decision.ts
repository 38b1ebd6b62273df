import type { Denial, Reason } from '../authorize/decision.ts';

/** Why a token was not even read, in the order in which it is looked for. Stable, as the reasons of `authorize` are. */
export const tokenReasons = [
  // There is none, or it is no JWT that is signed in the one way that counts.
  'missing-token',
  'malformed-token',
  'wrong-type',
  'wrong-algorithm',
  // Nobody knows whether it is genuine.
  'keys-unavailable',
  // It is not.
  'unknown-key',
  'wrong-signature',
] as const;

export type TokenReason = (typeof tokenReasons)[number];

/** As a denial of `authorize`, with a reason of either. */
export interface TokenDenial extends Omit<Denial, 'reason'> {
  readonly reason: TokenReason | Reason;
}

/** An object, so always truthy: look at `allowed`. */
export type TokenDecision = { readonly allowed: true } | TokenDenial;

/** Reasons of `authorize` for which another token may help. */
const aboutClaims: readonly (TokenReason | Reason)[] = [
  'malformed-claims',
  'not-an-access-token',
  'wrong-issuer',
  'wrong-audience',
  'expired',
  'not-yet-valid',
  'wrong-client',
];

const aboutToken: readonly (TokenReason | Reason)[] = tokenReasons.filter((reason) => reason !== 'keys-unavailable');

/**
 * The status of HTTP that fits a denial: 401 where another token may help, 503 where the issuer's keys could not be had, 403
 * for all others.
 */
export function statusOf({ reason }: TokenDenial): 401 | 403 | 503 {
  if (reason === 'keys-unavailable') return 503;
  return aboutToken.includes(reason) || aboutClaims.includes(reason) ? 401 : 403;
}

/** One sentence for each; it repeats nothing that is in the token. */
export const tokenMessages: Readonly<Record<TokenReason, string>> = {
  'missing-token': 'The request came without an access token; sign in first.',
  'malformed-token': 'The access token is not one that can be read; sign in again.',
  'wrong-type': 'The token is not an access token.',
  'wrong-algorithm': 'The access token is signed in another way than this service accepts.',
  'keys-unavailable':
    'Whether the access token is genuine could not be verified, because the keys of its issuer could not be had; try again later.',
  'unknown-key': 'The access token is signed with a key that its issuer does not publish; sign in again.',
  'wrong-signature': 'The access token was changed, or not issued by the tenant of this environment; sign in again.',
};
