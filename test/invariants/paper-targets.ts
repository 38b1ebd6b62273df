import type { DesiredState } from '../../src/model/desired-state.ts';
import type { LoweredApplication, LoweredState } from '../../src/stack/lowered-state.ts';
import { lower as lowerForAuth0 } from '../../src/targets/auth0/lower.ts';
import { lower as lowerForKeycloak } from '../../src/targets/keycloak/lower.ts';
import type { Prices } from './rules/prices.ts';
import { auth0Prices, keycloakPrices } from './rules/prices.ts';

export type Scopes = LoweredApplication['scopes'];

/** What differs between identity providers on paper. */
export interface PaperTarget {
  readonly name: string;
  readonly prices: Prices;
  readonly lower: (desired: DesiredState) => LoweredState;
  /** What an API offers after each write that takes it from what it has to what is declared. */
  readonly offers: (has: Scopes, declared: Scopes) => readonly Scopes[];
}

const auth0: PaperTarget = {
  name: 'Auth0',
  prices: auth0Prices,
  lower: lowerForAuth0,
  offers: (_, declared) => [declared],
};

/** New client roles come first and together, then each one that is described otherwise, then each that goes goes alone. */
const keycloak: PaperTarget = {
  name: 'Keycloak',
  prices: keycloakPrices,
  lower: ({ environment, ...desired }) =>
    lowerForKeycloak({ ...desired, environment: { ...environment, tenant: 'loopback/realms/paper' } }),
  offers: (has, declared) => {
    const steps: Scopes[] = [has];
    const last = () => steps.at(-1) ?? [];
    const come = declared.filter(({ name }) => has.every((one) => one.name !== name));
    if (come.length > 0) steps.push([...has, ...come]);
    for (const scope of declared) {
      const old = has.find(({ name }) => name === scope.name);
      if (old === undefined || old.description === scope.description) continue;
      steps.push(last().map((one) => (one === old ? scope : one)));
    }
    for (const { name } of has) {
      if (declared.every((one) => one.name !== name)) steps.push(last().filter((one) => one.name !== name));
    }
    return steps.slice(1);
  },
};

export const paperTargets: readonly PaperTarget[] = [auth0, keycloak];
