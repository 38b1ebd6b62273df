import type { PolicyEffects } from './policy.ts';

/** What the permission is asked for. It is never left out: who means everything says so. */
export type Resource =
  | { readonly app: string }
  | { readonly vendor: string }
  | { readonly reseller: string }
  | { readonly applicationWide: true };

/** Every reason for a no, in the order in which they are looked for. The codes are stable; messages are not. */
export const reasons = [
  // The service asks a question that has no answer.
  'malformed-question',
  'unknown-permission',
  'missing-level',
  'needless-level',
  'unknown-level',
  'unknown-app',
  'unknown-vendor',
  'unknown-reseller',
  // The token does not count.
  'malformed-claims',
  'not-an-access-token',
  'wrong-issuer',
  'wrong-audience',
  'expired',
  'not-yet-valid',
  'machine-not-allowed',
  'wrong-client',
  // The token counts, and does not give it.
  'not-held',
  'not-consented',
  'no-marker',
  'conflicting-markers',
  'unknown-marker',
  'app-not-held',
  'not-for-vendors',
  'vendor-not-held',
  'reseller-not-held',
  'restricted-to-apps',
  // Something threw. It is a no as any other.
  'internal',
] as const;

export type Reason = (typeof reasons)[number];

export interface Denial {
  readonly allowed: false;
  readonly reason: Reason;
  /** One sentence that a support person can say. It repeats nothing that a token or a stranger could have put in. */
  readonly message: string;
  /** What a person without the permission (at the level asked for) loses; null where that is not known. */
  readonly whenDenied: PolicyEffects | null;
}

/** An object, so always truthy: look at `allowed`. */
export type Decision = { readonly allowed: true } | Denial;
