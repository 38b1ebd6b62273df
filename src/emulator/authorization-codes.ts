import { createHash } from 'node:crypto';
import { oauthError } from './errors.ts';
import { randomAlphanumeric } from './ids.ts';
import type { Parameters } from './oauth-request.ts';
import type { Client } from './tenant.ts';

/** What a code stands for, and who may have it. */
export interface Issued {
  readonly tokens: object;
  readonly clientId: string;
  readonly redirectUri: string | undefined;
  /** The SHA-256 of what the client will prove to know (PKCE); undefined where it did not ask for that. */
  readonly challenge: string | undefined;
}

export type Codes = Map<string, Issued & { readonly expires: number }>;

const lifetimeMilliseconds = 60_000;

/** A code for these tokens, good once, for a minute. */
export function newCode(codes: Codes, issued: Issued): string {
  const code = randomAlphanumeric(48);
  codes.set(code, { ...issued, expires: Date.now() + lifetimeMilliseconds });
  return code;
}

/** The tokens of a code; 403 `invalid_grant` where it is not the client's, not good any more, or what it knows is not right. */
export function redeemCode(codes: Codes, { clientId }: Client, body: Parameters): object {
  const { code = '', redirect_uri: redirectUri, code_verifier: verifier = '' } = body;
  const issued = codes.get(code);
  codes.delete(code);
  if (issued === undefined || issued.clientId !== clientId || issued.expires < Date.now()) {
    throw oauthError(403, 'invalid_grant', 'Invalid authorization code');
  }
  if (issued.redirectUri !== redirectUri) {
    throw oauthError(403, 'invalid_grant', 'The redirect URI is wrong.');
  }
  if (
    issued.challenge !== undefined &&
    createHash('sha256').update(verifier).digest('base64url') !== issued.challenge
  ) {
    throw oauthError(403, 'invalid_grant', 'Failed to verify code verifier');
  }
  return issued.tokens;
}
