import type { Reason } from './decision.ts';
import type { Asked, Target } from './read-question.ts';

/** What a message may speak of; null where the question did not get so far. */
export interface Words {
  readonly asked: Asked | null;
  readonly target: Target | null;
}

/** One sentence for a no. It is made of the policy's titles alone: names that a stranger may have written are not repeated. */
export function messageOf(reason: Reason, words: Words): string {
  return sentences[reason](titleOf(words.asked), nameOf(words.target));
}

const sentences: Readonly<Record<Reason, (permission: string, resource: string) => string>> = {
  'malformed-question': () =>
    'The service asked for no permission, or not for one app, one vendor, one reseller or the whole application.',
  'unknown-permission': () => "The service asked for a permission that is not in this application's policy.",
  'missing-level': () => 'The service asked for a permission that has levels without saying at which one.',
  'needless-level': () => 'The service asked at a level for a permission that has no levels.',
  'unknown-level': () => 'The service asked for a permission at a level that it does not have.',
  'unknown-app': (permission) => `The service asked for ${permission} for an app that its policy does not know.`,
  'unknown-vendor': (permission) => `The service asked for ${permission} for a vendor that its policy does not know.`,
  'unknown-reseller': (permission) =>
    `The service asked for ${permission} for a reseller that its policy does not know.`,
  'malformed-claims': () =>
    'The access token is not one that can be read: a claim is missing or of the wrong type (is RBAC with permissions on?).',
  'not-an-access-token': () => 'The token is not an access token.',
  'wrong-issuer': () => 'The access token was not issued by the tenant of this environment.',
  'wrong-audience': () => 'The access token is not meant for this application.',
  expired: () => 'The access token has expired; a new sign-in gives another.',
  'not-yet-valid': () => 'The access token is not valid yet; a clock may be wrong.',
  'machine-not-allowed': () => 'The access token is that of a machine which this service does not allow by name.',
  'wrong-client': () =>
    'The access token was asked for by a client whose tokens do not count here, and may hold permissions of another application.',
  'not-held': (permission) => `This account does not have ${permission}; if it was given lately, sign in again.`,
  'not-consented': (permission) =>
    `This account has ${permission}, but did not consent that the client it uses may do this.`,
  'no-marker': (permission) =>
    `This account has ${permission}, but the access token does not say for which apps; sign in again, or ask whether ` +
    'the permission came by another way than a role.',
  'conflicting-markers': (permission) =>
    `This account has ${permission}, but by roles for different sets of apps, which do not go together; all but one ` +
    'must be taken away.',
  'unknown-marker': (permission) =>
    `This account has ${permission} by a role that the policy of this service does not know; the policy is older than ` +
    'the role, or the role is gone.',
  'app-not-held': (permission, resource) =>
    `This account has ${permission} for some apps only, and ${resource} is none of them.`,
  'not-for-vendors': (permission, resource) =>
    `This account has ${permission} for some apps only, which does not extend to their vendors and resellers such as ` +
    `${resource}.`,
  'vendor-not-held': (permission, resource) =>
    `This account has ${permission} for some apps only, and ${resource} makes none of them.`,
  'reseller-not-held': (permission, resource) =>
    `This account has ${permission} for some apps only, and ${resource} sells none of them.`,
  'restricted-to-apps': (permission) =>
    `This account has ${permission} for some apps only, and this is about all of them.`,
  internal: () => 'The decision could not be made, so the answer is no.',
};

/** "Contract Data: Edit"; without a level the title alone. */
function titleOf(asked: Asked | null): string {
  if (asked === null) return 'a permission';
  const { permission, level } = asked;
  return level.name === null ? `“${permission.title}”` : `“${permission.title}: ${level.title}”`;
}

function nameOf(target: Target | null): string {
  return target?.named?.title ?? 'this';
}
