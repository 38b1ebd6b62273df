import { describe, expect, it } from 'vitest';
import { createAuthorizer, leewaySeconds } from '../../src/authorize/authorize.ts';
import type { Case } from './decide.ts';
import { anyone, decide, edit, everywhere, machine, policy, talkOwner, zoom } from './decide.ts';
import { claimsOf, now } from './sample.ts';

describe('a yes', () => {
  it.each<readonly [string, Case]>([
    ['an app of the restriction', {}],
    [
      'an app by its oldest name in the scope',
      { permissions: ['edit:spend-data', 'restriction:chat-owners', 'app:zoom'] },
    ],
    ['a higher level', { ask: 'data/spend-data:view', permissions: ['edit:spend-data', 'restriction:none'] }],
    [
      'a scope of its own',
      { ask: 'data/spend-data:approve', permissions: ['legacy-approve-spend', 'restriction:none'] },
    ],
    ['the same marker twice', { permissions: [...talkOwner, ...talkOwner] }],
    ['a vendor of the restriction', { ask: 'data/spend-data:view', resource: { vendor: 'zoom-communications' } }],
    ['a reseller of the restriction', { ask: 'data/spend-data:view', resource: { reseller: 'cdw' } }],
    ['everything', { permissions: anyone, resource: everywhere }],
    ['any app', { permissions: anyone, resource: { app: 'figma' } }],
    ['any vendor, at any level', { permissions: anyone, resource: { vendor: 'zoom-communications' } }],
    [
      'what is not restricted, whatever the markers',
      {
        ask: 'settings/manage-settings',
        permissions: ['shop-settings:manage-settings', 'restriction:none', 'restriction:x'],
        resource: everywhere,
      },
    ],
    [
      'what is not restricted, for an app of others',
      { ask: 'settings/manage-settings', permissions: ['shop-settings:manage-settings'], resource: { app: 'figma' } },
    ],
    ['one audience', { claims: { aud: policy.audience } }],
    ['no beginning, no client', { claims: { nbf: undefined, azp: undefined } }],
    ['within the leeway at the end', { claims: { exp: now - leewaySeconds + 1 } }],
    ['within the leeway at the beginning', { claims: { nbf: now + leewaySeconds } }],
    ['a grant of a person', { claims: { gty: 'password' } }],
    [
      'a machine allowed by name',
      {
        claims: { gty: 'client-credentials', sub: `${machine}@clients`, azp: machine },
        policy: { machines: [machine] },
      },
    ],
    [
      'a machine allowed by name, by RFC 9068',
      { claims: { sub: machine, client_id: machine, azp: undefined }, policy: { machines: [machine] } },
    ],
    [
      'a third party with consent',
      { claims: { scope: 'openid edit:spend-data' }, policy: { thirdPartyClients: { allExcept: [] } } },
    ],
    ['a first party, by name', { policy: { thirdPartyClients: { allExcept: ['K1AUPhZq8mRi0Q0pjhkfu1D7y6KjDQja'] } } }],
    ['a first party, while others are third', { policy: { thirdPartyClients: { only: ['x'] } } }],
    ['a scope of no string, of a first party', { claims: { scope: ['openid'] } }],
  ])('%s', (_, given) => {
    expect(decide(given)).toEqual({ allowed: true });
  });

  it('takes the clock where no time is given', () => {
    const authorize = createAuthorizer(policy);
    const seconds = Math.floor(Date.now() / 1000);
    const at = (exp: number) => authorize({ ...claimsOf(policy, anyone), exp }, edit, zoom).allowed;
    expect([at(seconds + 60), at(seconds - 60)]).toEqual([true, false]);
  });
});
