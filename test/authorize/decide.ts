import type { Decision, Policy, Resource } from '../../src/authorize/authorize.ts';
import { createAuthorizer } from '../../src/authorize/authorize.ts';
import { claimsOf, modelOf, now, policyOf, sampleFiles } from './sample.ts';

export const policy = policyOf(modelOf(sampleFiles), 'production', 'shop');
export const edit = 'data/spend-data:edit';
export const zoom: Resource = { app: 'zoom-workplace' };
export const everywhere: Resource = { applicationWide: true };

/** What a role for Slack and Zoom Workplace gives. */
export const talkOwner = [
  ...['view:spend-data', 'edit:spend-data', 'notes', 'restriction:chat-owners'],
  ...['app:slack', 'app:zoom', 'vendor:zoom-communications', 'reseller:cdw', 'reseller:softwareone'],
];
/** What a role for all apps gives. */
export const anyone = ['view:spend-data', 'edit:spend-data', 'restriction:none'];
export const machine = 'wZ2machine';

/** A question and a token; what is left out is as it should be. */
export interface Case {
  readonly permissions?: readonly string[];
  /** Laid over the claims; undefined takes one away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly ask?: unknown;
  readonly resource?: unknown;
  readonly policy?: Partial<Policy>;
  readonly now?: unknown;
}

/** Asks whether somebody with these claims may edit Spend Data of Zoom Workplace, but for what the case says otherwise. */
export function decide(given: Case): Decision {
  const claims: Record<string, unknown> = { ...claimsOf(policy, given.permissions ?? talkOwner), ...given.claims };
  for (const [key, value] of Object.entries(claims)) if (value === undefined) delete claims[key];
  const authorize = createAuthorizer({ ...policy, ...given.policy });
  const resource = 'resource' in given ? given.resource : zoom;
  const time = 'now' in given ? given.now : now;
  return authorize(claims, (given.ask ?? edit) as string, resource as Resource, { now: time as number });
}
