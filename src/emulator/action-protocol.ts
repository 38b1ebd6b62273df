/** What the tenant and the process that runs its actions say to each other, as JSON. */

/** An action as it was deployed, with the values of its secrets. */
export interface ActionToRun {
  readonly name: string;
  readonly code: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/** An entry of the trigger's cache; times in milliseconds since 1970. */
export interface CacheEntry {
  readonly value: string;
  readonly expires_at: number;
}

export type Cache = Readonly<Record<string, CacheEntry>>;

/** Sent once: all actions of a trigger, in their order. */
export interface Order {
  readonly actions: readonly ActionToRun[];
  /** Without secrets: those of each action are added for it alone. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly cache: Cache;
}

/** What actions asked for, taken together. A key of metadata that is to go is null. */
export interface Effects {
  readonly denied: string | null;
  readonly appMetadata: Readonly<Record<string, unknown>>;
  readonly userMetadata: Readonly<Record<string, unknown>>;
  readonly accessTokenClaims: Readonly<Record<string, unknown>>;
  readonly idTokenClaims: Readonly<Record<string, unknown>>;
  /** In the order in which they were asked for. */
  readonly scopes: readonly { readonly scope: string; readonly isAdded: boolean }[];
  readonly cache: Cache;
}

/** `console`: as it is written. `end`: an action has ended, with `error` if it threw; no other one begins after an error. */
export type Report =
  | { readonly kind: 'console'; readonly text: string }
  | { readonly kind: 'end'; readonly error: string | null; readonly effects: Effects };
