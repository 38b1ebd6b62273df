import type { Pair } from '../pair.ts';
import { writesOfAction } from './writes-of-action.ts';

/** How many writes a tenant takes for what others do in one, or in none. */
export interface Prices {
  /** To change at one moment what an API offers. */
  readonly offer: (change: OfferChange) => number;
  /** To change what whoever signs in is given. */
  readonly signIn: (pair: Pair) => number;
}

/** How many scopes come, are described otherwise, and go. */
export interface OfferChange {
  readonly come: number;
  readonly reworded: number;
  readonly gone: number;
}

/** An API is sent all of its scopes whenever one of them changes. */
export const auth0Prices: Prices = {
  offer: ({ come, reworded, gone }) => Math.min(1, come + reworded + gone),
  signIn: writesOfAction,
};

/**
 * On Keycloak a scope, a client role, is a thing of its own: any number of new ones come by one call (partialImport), and each that
 * is described otherwise or goes takes one. What a role is composed of is added in one call and taken away in one, however much
 * it is: one grant is one write, as on Auth0. The pairs have nobody who is given a role at sign-in.
 */
export const keycloakPrices: Prices = {
  offer: ({ come, reworded, gone }) => Math.min(1, come) + reworded + gone,
  signIn: () => 0,
};
