import type { EntityLimits } from './entity-limits.ts';
import type { RateLimitGroup } from './rate-limit.ts';

/**
 * What one may hold and how fast one may call, where that differs by what is paid (management-api.md 4.1 and 4.3). Auth0 calls
 * them plans; a plan is something else here.
 */
export interface Subscription {
  /** The first group that a call belongs to limits it. */
  readonly rateLimits: readonly RateLimitGroup[];
  readonly entityLimits: Partial<EntityLimits>;
}

export type SubscriptionName = 'free' | 'self-service' | 'enterprise' | 'enterprise-non-production';

/** Essentials and Professional are one here, `self-service`; `enterprise` is a production tenant. */
export const subscriptions: Readonly<Record<SubscriptionName, Subscription>> = {
  free: {
    rateLimits: [
      { methods: ['POST'], path: /^\/oauth\/token$/, burst: 30, perSecond: 30 },
      { path: /^\/api\/v2\//, burst: 2, perSecond: 2 },
    ],
    entityLimits: { resourceServers: 10 },
  },
  'self-service': {
    rateLimits: [
      // What hangs below a user counts as "all other": nobody knows better, and it is the harsher of the two.
      { methods: ['GET'], path: /^\/api\/v2\/users(-by-email|\/[^/]+)?$/, burst: 40, perSecond: 500 / 60 },
      { methods: ['POST', 'PATCH'], path: /^\/api\/v2\/users(\/[^/]+)?$/, burst: 20, perSecond: 200 / 60 },
      { methods: ['DELETE'], path: /^\/api\/v2\/users\/[^/]+$/, burst: 20, perSecond: 200 / 60 },
      { methods: ['GET'], path: /^\/api\/v2\/clients(\/[^/]+)?$/, burst: 5, perSecond: 100 / 60 },
      { path: /^\/api\/v2\/organizations\/[^/]+\/members\/[^/]+\/roles$/, burst: 20, perSecond: 200 / 60 },
      { methods: ['GET'], path: /^\/api\/v2\/organizations\/[^/]+\/members$/, burst: 40, perSecond: 500 / 60 },
      { path: /^\/api\/v2\/organizations\/[^/]+\/members$/, burst: 20, perSecond: 200 / 60 },
      { methods: ['GET'], path: /^\/api\/v2\/organizations(\/|$)/, burst: 5, perSecond: 50 / 60 },
      { path: /^\/api\/v2\//, burst: 10, perSecond: 150 / 60 },
    ],
    entityLimits: { resourceServers: 100 },
  },
  enterprise: { rateLimits: enterpriseRates(50, 16), entityLimits: {} },
  'enterprise-non-production': { rateLimits: enterpriseRates(10, 2), entityLimits: {} },
};

function enterpriseRates(burst: number, perSecond: number): RateLimitGroup[] {
  return [
    { path: /^\/api\/v2\/organizations\/[^/]+\/members\/[^/]+\/roles$/, burst: 20, perSecond: 200 / 60 },
    { methods: ['GET'], path: /^\/api\/v2\/organizations(\/[^/]+)?$/, burst: 10, perSecond: 100 / 60 },
    {
      methods: ['POST', 'PATCH', 'DELETE'],
      path: /^\/api\/v2\/organizations(\/[^/]+)?$/,
      burst: 5,
      perSecond: 150 / 60,
    },
    { path: /^\/api\/v2\//, burst, perSecond },
  ];
}
