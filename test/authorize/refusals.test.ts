import { describe, expect, it } from 'vitest';
import type { Reason } from '../../src/authorize/authorize.ts';
import { leewaySeconds, reasons } from '../../src/authorize/authorize.ts';
import type { Case } from './decide.ts';
import { anyone, decide, edit, everywhere, machine, policy, talkOwner } from './decide.ts';
import { now } from './sample.ts';

const refused: readonly (readonly [string, Reason, Case])[] = [
  // The question.
  ['no permission', 'malformed-question', { ask: 7 }],
  ['no resource', 'malformed-question', { resource: undefined }],
  ['a resource that is a name', 'malformed-question', { resource: 'slack' }],
  ['an empty resource', 'malformed-question', { resource: {} }],
  ['a list', 'malformed-question', { resource: ['slack'] }],
  ['two resources at once', 'malformed-question', { resource: { app: 'slack', vendor: 'zoom-communications' } }],
  ['a resource and everything', 'malformed-question', { resource: { app: 'slack', applicationWide: true } }],
  ['applicationWide that is not true', 'malformed-question', { resource: { applicationWide: 'true' } }],
  ['an inherited resource', 'malformed-question', { resource: Object.create({ app: 'slack' }) }],
  ['a symbol', 'malformed-question', { resource: { [Symbol('app')]: 'slack' } }],
  ['an app of no string', 'malformed-question', { resource: { app: ['slack'] } }],
  ['no time', 'malformed-question', { now: Number.NaN }],
  ['a time that is no number', 'malformed-question', { now: '1800000000' }],
  ['a misspelt permission', 'unknown-permission', { ask: 'data/spend-dta:edit' }],
  ['a scope for a reference', 'unknown-permission', { ask: 'edit:spend-data' }],
  ['the reference of another place', 'unknown-permission', { ask: 'shop/data/spend-data:edit' }],
  ['two levels', 'unknown-permission', { ask: 'data/spend-data:edit:view' }],
  ['nothing', 'unknown-permission', { ask: '' }],
  ['a property of every object', 'unknown-permission', { ask: 'constructor' }],
  ['the prototype', 'unknown-permission', { ask: '__proto__' }],
  ['no level', 'missing-level', { ask: 'data/spend-data' }],
  ['a level of nothing', 'needless-level', { ask: 'settings/manage-settings:edit' }],
  ['an empty level of nothing', 'needless-level', { ask: 'settings/manage-settings:' }],
  ['another level', 'unknown-level', { ask: 'data/spend-data:delete' }],
  ['an empty level', 'unknown-level', { ask: 'data/spend-data:' }],
  ['an app that is not tracked', 'unknown-app', { resource: { app: 'jira' } }],
  ["an app's old name", 'unknown-app', { resource: { app: 'zoom' } }],
  ['an app of every object', 'unknown-app', { resource: { app: 'toString' } }],
  ['an unknown app, by who may do it for all', 'unknown-app', { resource: { app: 'jira' }, permissions: anyone }],
  [
    'an unknown app, for what is not restricted',
    'unknown-app',
    { ask: 'settings/manage-settings', resource: { app: 'x' } },
  ],
  ['a vendor that is an app', 'unknown-vendor', { resource: { vendor: 'slack' } }],
  ['an unknown reseller', 'unknown-reseller', { resource: { reseller: 'zoom-communications' } }],
  // The token.
  ['no permissions', 'malformed-claims', { claims: { permissions: undefined } }],
  ['permissions in a string', 'malformed-claims', { claims: { permissions: 'edit:spend-data' } }],
  ['a permission that is no string', 'malformed-claims', { claims: { permissions: [...talkOwner, 1] } }],
  ['a permission in a list', 'malformed-claims', { claims: { permissions: [talkOwner] } }],
  ['no issuer', 'malformed-claims', { claims: { iss: undefined } }],
  ['a list of issuers', 'malformed-claims', { claims: { iss: [policy.issuer] } }],
  ['no audience', 'malformed-claims', { claims: { aud: undefined } }],
  ['an audience among others that are no strings', 'malformed-claims', { claims: { aud: [policy.audience, null] } }],
  ['no end', 'malformed-claims', { claims: { exp: undefined } }],
  ['an end in a string', 'malformed-claims', { claims: { exp: String(now + 60) } }],
  ['no end in sight', 'malformed-claims', { claims: { exp: Number.POSITIVE_INFINITY } }],
  ['a beginning of null', 'malformed-claims', { claims: { nbf: null } }],
  ['no subject', 'malformed-claims', { claims: { sub: undefined } }],
  ['an empty subject', 'malformed-claims', { claims: { sub: '' } }],
  ['a client that is no string', 'malformed-claims', { claims: { azp: {} } }],
  ['a grant that is no string', 'malformed-claims', { claims: { gty: { toString: () => 'password' } } }],
  ['a kind of token that is no string', 'malformed-claims', { claims: { typ: ['Bearer'] } }],
  ['an ID token', 'not-an-access-token', { claims: { typ: 'ID' } }],
  ['an ID token without permissions', 'not-an-access-token', { claims: { typ: 'ID', permissions: undefined } }],
  ['a kind of token in other letters', 'not-an-access-token', { claims: { typ: 'bearer' } }],
  ['another tenant', 'wrong-issuer', { claims: { iss: 'https://evil.eu.auth0.com/' } }],
  ['an issuer without its slash', 'wrong-issuer', { claims: { iss: 'https://acme.eu.auth0.com' } }],
  ['an issuer in capitals', 'wrong-issuer', { claims: { iss: 'https://ACME.eu.auth0.com/' } }],
  ['another application', 'wrong-audience', { claims: { aud: 'https://ledger.example' } }],
  ['an audience that begins the same', 'wrong-audience', { claims: { aud: [`${policy.audience}/more`] } }],
  ['no audience of several', 'wrong-audience', { claims: { aud: [] } }],
  ['a token that is over', 'expired', { claims: { exp: now - leewaySeconds } }],
  ['a token of tomorrow', 'not-yet-valid', { claims: { nbf: now + leewaySeconds + 1 } }],
  ['a machine by its grant', 'machine-not-allowed', { claims: { gty: 'client-credentials' } }],
  ['a machine by its grant, as OAuth spells it', 'machine-not-allowed', { claims: { gty: 'client_credentials' } }],
  ['a machine by one of its grants', 'machine-not-allowed', { claims: { gty: ['x', 'client-credentials'] } }],
  ['a machine by its subject', 'machine-not-allowed', { claims: { sub: `${machine}@clients` } }],
  [
    'a machine that is its client',
    'machine-not-allowed',
    { claims: { sub: machine, client_id: machine, azp: undefined } },
  ],
  [
    'another machine than the one allowed',
    'machine-not-allowed',
    { claims: { sub: 'other@clients', azp: 'other' }, policy: { machines: [machine] } },
  ],
  [
    'a machine under two names',
    'machine-not-allowed',
    { claims: { sub: `${machine}@clients`, azp: 'other' }, policy: { machines: [machine] } },
  ],
  [
    'a person by the grant of a machine',
    'machine-not-allowed',
    { claims: { gty: 'client-credentials', azp: machine }, policy: { machines: [machine] } },
  ],
  ['a client that is not known', 'wrong-client', { policy: { clients: ['shop-web'] } }],
  [
    'no client, where some are known',
    'wrong-client',
    { claims: { azp: undefined }, policy: { clients: ['shop-web'] } },
  ],
  [
    'a client under two names of which one is known',
    'wrong-client',
    { claims: { azp: 'shop-web', client_id: 'other' }, policy: { clients: ['shop-web'] } },
  ],
  // What it holds.
  ['nothing', 'not-held', { permissions: [] }],
  ['a lower level', 'not-held', { permissions: ['view:spend-data', 'restriction:none'] }],
  ["another permission's level", 'not-held', { permissions: ['edit:notes', 'restriction:none'] }],
  ['our reference instead of a scope', 'not-held', { permissions: [edit, 'restriction:none'] }],
  ['the scope in other letters', 'not-held', { permissions: ['Edit:spend-data', 'restriction:none'] }],
  [
    'the computed scope of a level that has another',
    'not-held',
    { ask: 'data/spend-data:approve', permissions: ['approve:spend-data'] },
  ],
  [
    'the scope in `scope` alone',
    'not-held',
    { permissions: ['restriction:none'], claims: { scope: 'edit:spend-data' } },
  ],
  ['what is not restricted, unless held', 'not-held', { ask: 'settings/manage-settings', resource: everywhere }],
  ['no marker', 'no-marker', { permissions: ['edit:spend-data', 'app:zoom'] }],
  ['no marker, for everything', 'no-marker', { permissions: ['edit:spend-data'], resource: everywhere }],
  ['a marker in capitals', 'no-marker', { permissions: ['edit:spend-data', 'Restriction:none'] }],
  ['two restrictions', 'conflicting-markers', { permissions: [...talkOwner, 'restriction:figma-watchers'] }],
  ['a restriction and none', 'conflicting-markers', { permissions: [...talkOwner, 'restriction:none'] }],
  ['none and an unknown one', 'conflicting-markers', { permissions: [...anyone, 'restriction:'] }],
  ['an unknown marker', 'unknown-marker', { permissions: ['edit:spend-data', 'app:zoom', 'restriction:gone'] }],
  [
    "a custom role's new name",
    'unknown-marker',
    { permissions: ['edit:spend-data', 'app:zoom', 'restriction:talk-owners'] },
  ],
  ['an app that is not held', 'app-not-held', { resource: { app: 'figma' } }],
  [
    "an app by its new name's scope",
    'app-not-held',
    { permissions: ['edit:spend-data', 'restriction:chat-owners', 'app:zoom-workplace'] },
  ],
  [
    "an app by its vendor's scope",
    'app-not-held',
    {
      permissions: ['view:spend-data', 'restriction:chat-owners', 'vendor:zoom-communications'],
      ask: 'data/spend-data:view',
    },
  ],
  ['a vendor at a level without', 'not-for-vendors', { resource: { vendor: 'zoom-communications' } }],
  ['a reseller at a level without', 'not-for-vendors', { resource: { reseller: 'cdw' } }],
  [
    'a vendor of a permission without levels',
    'not-for-vendors',
    { ask: 'data/notes', resource: { vendor: 'zoom-communications' } },
  ],
  [
    "a vendor by an app's scope",
    'vendor-not-held',
    {
      permissions: ['edit:spend-data', 'restriction:chat-owners', 'app:zoom'],
      ask: 'data/spend-data:view',
      resource: { vendor: 'zoom-communications' },
    },
  ],
  [
    "a reseller by a vendor's scope",
    'reseller-not-held',
    {
      permissions: ['edit:spend-data', 'restriction:chat-owners', 'vendor:zoom-communications'],
      ask: 'data/spend-data:view',
      resource: { reseller: 'softwareone' },
    },
  ],
  ['everything, by who is restricted', 'restricted-to-apps', { resource: everywhere }],
  // Third parties.
  [
    'a third party with consent for more than is held',
    'not-consented',
    { policy: { thirdPartyClients: { allExcept: [] } }, claims: { scope: 'legacy-approve-spend' } },
  ],
  [
    'a third party with more scopes than a request can carry',
    'malformed-claims',
    { policy: { thirdPartyClients: { allExcept: [] } }, claims: { scope: `edit:spend-data ${'x'.repeat(1_000_000)}` } },
  ],
  [
    'who does not say by whom, where first parties are listed',
    'not-consented',
    { policy: { thirdPartyClients: { allExcept: ['x'] } }, claims: { azp: undefined } },
  ],
  [
    'who names a first party and another',
    'not-consented',
    { policy: { thirdPartyClients: { allExcept: ['x'] } }, claims: { client_id: 'x' } },
  ],
  ['a third party without consent', 'not-consented', { policy: { thirdPartyClients: { allExcept: [] } } }],
  [
    'a third party with consent for less',
    'not-consented',
    { policy: { thirdPartyClients: { allExcept: [] } }, claims: { scope: 'openid view:spend-data' } },
  ],
  [
    'a third party without a scope',
    'not-consented',
    { policy: { thirdPartyClients: { allExcept: [] } }, claims: { scope: undefined } },
  ],
  [
    'a third party with a list of scopes',
    'malformed-claims',
    { policy: { thirdPartyClients: { allExcept: [] } }, claims: { scope: ['edit:spend-data'] } },
  ],
  [
    'who does not say by whom',
    'not-consented',
    { policy: { thirdPartyClients: { only: ['x'] } }, claims: { azp: undefined } },
  ],
  [
    'who names a third party second',
    'not-consented',
    { policy: { thirdPartyClients: { only: ['x'] } }, claims: { client_id: 'x' } },
  ],
  [
    'two markers, one of them not in the consent',
    'conflicting-markers',
    {
      permissions: [...talkOwner, 'restriction:none'],
      policy: { thirdPartyClients: { allExcept: [] } },
      claims: { scope: 'edit:spend-data restriction:none' },
    },
  ],
];

describe('a no, each with its reason', () => {
  it.each(refused)('%s: %s', (_, reason, given) => {
    const decision = decide(given);
    expect(decision).toMatchObject({ allowed: false, reason });
    expect('message' in decision ? decision.message : '').toMatch(/^[A-Z][^\n]{20,220}[.)]$/u);
  });

  it('covers every reason there is', () => {
    const found = new Set([...refused.map(([, reason]) => reason), 'internal']);
    expect(reasons.filter((reason) => !found.has(reason))).toEqual([]);
  });
});
