import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { errors, exportJWK, jwtVerify, SignJWT } from 'jose';
import { apiError } from './errors.ts';
import type { Store } from './store.ts';

export interface TokenService {
  /** Where tokens come from: `https://<domain>/`. */
  readonly issuer: string;
  /** The audience of the Management API: `https://<domain>/api/v2/`, also by the name localhost. */
  readonly audiences: readonly string[];
  /** An RS256 access token of the Management API for a machine, valid for 24 hours. */
  readonly issue: (clientId: string, audience: string, scopes: readonly string[]) => Promise<string>;
  /** Signs a token, RS256; `iss`, `iat` and `exp` are added. */
  readonly sign: (type: 'JWT' | 'at+jwt', claims: JWTPayload, lifetimeSeconds: number) => Promise<string>;
  /** The scopes in a token. Throws 401 with the reason when it is not one of this tenant's valid tokens. */
  readonly scopesOf: (token: string) => Promise<ReadonlySet<string>>;
  readonly keySet: () => Promise<JSONWebKeySet>;
}

export const tokenLifetimeSeconds = 86_400;
const keyId = 'emulator';
const signingKeySetting = 'signing-key';

let processKey: Promise<KeyObject> | undefined;

/**
 * The key that signs tokens: the store's, so that tokens outlive a restart, or a new one. Making one takes 50 ms, so that one
 * process makes one; tokens of two emulators differ by the port in issuer and audience.
 */
export async function signingKey(store: Store): Promise<KeyObject> {
  const kept = store.settings.get(signingKeySetting);
  if (kept !== undefined) {
    return createPrivateKey(kept);
  }
  processKey ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 }).then((pair) => pair.privateKey);
  const privateKey = await processKey;
  store.settings.set(signingKeySetting, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return privateKey;
}

/** Tokens of one tenant; `port` is part of its domain. */
export function createTokenService(privateKey: KeyObject, port: number): TokenService {
  const publicKey = createPublicKey(privateKey);
  const issuer = `https://127.0.0.1:${port}/`;
  const audiences = ['127.0.0.1', 'localhost'].map((host) => `https://${host}:${port}/api/v2/`);
  const verified = new Map<string, { scopes: ReadonlySet<string>; expires: number }>();
  const sign: TokenService['sign'] = (type, claims, lifetime) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: type, kid: keyId })
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(`${lifetime}s`)
      .sign(privateKey);
  return {
    issuer,
    audiences,
    sign,
    issue: (clientId, audience, scopes) => {
      const claims = { sub: `${clientId}@clients`, aud: audience, scope: scopes.join(' ') };
      return sign('JWT', { ...claims, gty: 'client-credentials', azp: clientId }, tokenLifetimeSeconds);
    },
    scopesOf: async (token) => {
      const known = verified.get(token);
      if (known !== undefined && known.expires > Date.now()) {
        return known.scopes;
      }
      const options = { algorithms: ['RS256'], issuer, audience: [...audiences] };
      const { payload } = await jwtVerify(token, publicKey, options).catch((error: unknown) => {
        throw apiError(401, refusal(error));
      });
      const scopes = new Set(String(payload.scope ?? '').split(' '));
      verified.set(token, { scopes, expires: (payload.exp ?? 0) * 1000 });
      return scopes;
    },
    keySet: async () => ({ keys: [{ ...(await exportJWK(publicKey)), kid: keyId, alg: 'RS256', use: 'sig' }] }),
  };
}

/** The first two texts are in Auth0's OpenAPI; the one of an expired token is not verified. */
function refusal(error: unknown): string {
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'Invalid signature received for JSON Web Token validation.';
  }
  return error instanceof errors.JWTExpired
    ? 'Expired token received for JSON Web Token validation.'
    : 'Invalid token.';
}
