import type { JWTVerifyGetKey } from 'jose';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { leewaySeconds } from '../authorize/authorize.ts';
import type { Policy } from '../authorize/policy.ts';
import { KeysUnavailable } from './issuer-keys.ts';
import type { TokenReason } from './token-decision.ts';

/** Claims that the issuer has signed; `areRefused` where its name, the audience or the time is not right. */
export interface Verified {
  readonly claims: unknown;
  readonly areRefused: boolean;
}

/** What stands in `typ` of the header: that of Auth0's own dialect and of Keycloak, and that of RFC 9068. */
const types = ['jwt', 'at+jwt'];

const reasonOfCode: Readonly<Record<string, TokenReason>> = {
  [errors.JOSEAlgNotAllowed.code]: 'wrong-algorithm',
  [errors.JWKSNoMatchingKey.code]: 'unknown-key',
  [errors.JWKSMultipleMatchingKeys.code]: 'unknown-key',
  [errors.JWSSignatureVerificationFailed.code]: 'wrong-signature',
};

/**
 * Whether a token is genuine, at a time in seconds since 1970, or the reason why nobody reads it. RS256 alone counts: a public
 * key taken for a shared secret, or no signature at all, are old ways to forge.
 */
export async function verifyToken(
  token: unknown,
  { issuer, audience }: Policy,
  keys: JWTVerifyGetKey,
  now: number,
): Promise<Verified | TokenReason> {
  if (token === undefined || token === null || token === '') return 'missing-token';
  if (typeof token !== 'string') return 'malformed-token';
  try {
    const { typ } = decodeProtectedHeader(token);
    if (typeof typ !== 'string' || !types.includes(typ.toLowerCase().replace(/^application\//u, ''))) {
      return 'wrong-type';
    }
  } catch {
    return 'malformed-token';
  }
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer,
      audience,
      clockTolerance: leewaySeconds,
      currentDate: new Date(now * 1000),
      requiredClaims: ['exp'],
    });
    return { claims: payload, areRefused: false };
  } catch (error) {
    // The signature is looked at before these: the claims are the issuer's.
    if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
      return { claims: error.payload, areRefused: true };
    }
    if (error instanceof KeysUnavailable) return 'keys-unavailable';
    if (error instanceof errors.JOSEError) return reasonOfCode[error.code] ?? 'malformed-token';
    throw error;
  }
}
