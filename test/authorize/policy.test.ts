import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/authorize/authorize.ts';
import { createAuthorizer } from '../../src/authorize/authorize.ts';
import { compile } from '../../src/model/compile/compile.ts';
import { compilePolicy } from '../../src/model/compile/compile-policy.ts';
import type { Policy as CompiledPolicy } from '../../src/model/policy.ts';
import { claimsOf, modelOf, now, policiesOf, policyOf, sampleFiles } from './sample.ts';

const model = modelOf(sampleFiles);
const policy = policyOf(model, 'production', 'shop');

/** True only if two types are the same to the letter, `readonly` and `?` included. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

describe('the policy that the model compiles', () => {
  it('has the type that the authorizer reads: tsc holds them equal', () => {
    const same: Same<CompiledPolicy, Policy> = true;
    expect(same).toBe(true);
  });

  it('is, for an application with everything', () => {
    const named = (title: string, scope: string) => ({ title, scope });
    const nothing = { hidden: [], refused: [], remains: [] };
    expect(policy).toEqual({
      schemaVersion: 1,
      application: 'shop',
      environment: 'production',
      issuer: 'https://acme.eu.auth0.com/',
      audience: 'https://shop.example',
      restrictable: true,
      permissions: {
        'data/notes': {
          title: 'Notes',
          restrictedBy: 'apps',
          levels: [{ name: null, title: 'Notes', scope: 'notes', alsoForVendors: false, whenDenied: null }],
        },
        'data/spend-data': {
          title: 'Spend Data',
          restrictedBy: 'apps',
          levels: [
            {
              name: 'view',
              title: 'View',
              scope: 'view:spend-data',
              alsoForVendors: true,
              whenDenied: { ...nothing, hidden: ['what an app costs'] },
            },
            {
              name: 'edit',
              title: 'Edit',
              scope: 'edit:spend-data',
              alsoForVendors: false,
              whenDenied: { ...nothing, refused: ['change spend information'], remains: ['seeing it'] },
            },
            {
              name: 'approve',
              title: 'Approve',
              scope: 'legacy-approve-spend',
              alsoForVendors: false,
              whenDenied: null,
            },
          ],
        },
        'settings/manage-settings': {
          title: 'Manage Settings',
          restrictedBy: null,
          levels: [
            {
              name: null,
              title: 'Manage Settings',
              scope: 'shop-settings:manage-settings',
              alsoForVendors: false,
              whenDenied: null,
            },
          ],
        },
      },
      apps: {
        figma: named('Figma', 'app:figma'),
        slack: named('Slack', 'app:slack'),
        'zoom-workplace': named('Zoom Workplace', 'app:zoom'),
      },
      vendors: { 'zoom-communications': named('Zoom Communications', 'vendor:zoom-communications') },
      resellers: { cdw: named('Cdw', 'reseller:cdw'), softwareone: named('Softwareone', 'reseller:softwareone') },
      restrictions: {
        'figma-watchers': named('Figma Watchers', 'restriction:figma-watchers'),
        none: named('All apps', 'restriction:none'),
        'slack-approvers': named('Slack Approvers', 'restriction:slack-approvers'),
        'talk-owners': named('Talk Owners', 'restriction:chat-owners'),
      },
      machines: [],
      thirdPartyClients: { only: [] },
      modelDigest: compile(model, 'production')[0]?.digest,
    });
  });

  it('is one for each application of the environment, sorted', () => {
    const applicationsOf = (environment: string) =>
      policiesOf(model, environment).map(({ application }) => application);
    expect([applicationsOf('production'), applicationsOf('dev')]).toEqual([['ledger', 'shop'], ['shop']]);
  });

  it('names apps also where no role is restrictable, and then asks for no marker', () => {
    const ledger = policyOf(model, 'production', 'ledger');
    expect(ledger).toMatchObject({ restrictable: false, restrictions: {}, apps: { zoom: { scope: 'app:zoom' } } });
    const ask = (permissions: readonly string[]) =>
      createAuthorizer(ledger)(claimsOf(ledger, permissions), 'books/read', { app: 'zoom' }, { now });
    expect(ask(['read'])).toEqual({ allowed: true });
    // A role of a tenant that is ahead of this policy, and narrowed: the policy does not know to what.
    expect(ask(['read', 'restriction:new'])).toMatchObject({ allowed: false, reason: 'unknown-marker' });
  });

  it('is the same to the byte, in whatever order the files come', () => {
    const text = (files: typeof sampleFiles) => JSON.stringify(compilePolicy(modelOf(files), 'production')[0]);
    const shuffled = sampleFiles.map((file, index) => ({ ...file, path: `roles/${99 - index}.yaml` }));
    expect(text(shuffled.toReversed())).toBe(text(sampleFiles));
    const keys = Object.keys(policy.permissions);
    expect(keys).toEqual(keys.toSorted());
  });

  it('has the issuer of a loopback tenant only if it is told', () => {
    const issuerOf = (options?: { loopbackIssuer: string }) => compilePolicy(model, 'dev', options)[0]?.[0]?.issuer;
    expect(issuerOf({ loopbackIssuer: 'https://127.0.0.1:8443/' })).toBe('https://127.0.0.1:8443/');
    expect(issuerOf()).toBe('https://loopback/');
    const told = { loopbackIssuer: 'https://127.0.0.1:8443/' };
    expect(compilePolicy(model, 'production', told)[0]?.[0]?.issuer).toBe('https://acme.eu.auth0.com/');
  });

  it('is none where there is no such environment', () => {
    const [policies, problems] = compilePolicy(model, 'prodution');
    expect(policies).toBeNull();
    expect(problems.map(({ code, suggestion }) => [code, suggestion])).toEqual([['RW4101', 'production']]);
  });
});

describe('a policy that is not one is refused when the service starts', () => {
  const permissions = (change: object) => ({
    permissions: { 'data/notes': { ...policy.permissions['data/notes'], ...change } },
  });
  const level = policy.permissions['data/notes']?.levels[0];

  it.each<readonly [string, unknown]>([
    ['the policy must be an object', undefined],
    ['the policy must be an object', 'policy.json'],
    ['the policy must be an object', [policy]],
    ['schemaVersion must be 1', {}],
    ['schemaVersion must be 1', { ...policy, schemaVersion: 2 }],
    ['issuer must be a string', { ...policy, issuer: '' }],
    ['audience must be a string', { ...policy, audience: [policy.audience] }],
    ['restrictable must be true or false', { ...policy, restrictable: undefined }],
    ['restrictions must be "none" and the rest', { ...policy, restrictable: false }],
    ['restrictions must be "none" and the rest', { ...policy, restrictions: {} }],
    [
      'restrictions must be "none" and the rest',
      { ...policy, restrictable: false, restrictions: { x: { title: 'x', scope: 'restriction:x' } } },
    ],
    ['permissions must be an object', { ...policy, permissions: [] }],
    ['permissions["data/notes"].levels must be a list', { ...policy, ...permissions({ levels: [] }) }],
    ['permissions["data/notes"].restrictedBy must', { ...policy, ...permissions({ restrictedBy: undefined }) }],
    ['permissions["data/notes"].levels[0].name must', { ...policy, ...permissions({ levels: [level, level] }) }],
    ['levels[0].scope must be none of app:', { ...policy, ...permissions({ levels: [{ ...level, scope: 'app:x' }] }) }],
    ['levels[0].alsoForVendors must', { ...policy, ...permissions({ levels: [{ ...level, alsoForVendors: 1 }] }) }],
    ['levels[0].whenDenied must', { ...policy, ...permissions({ levels: [{ ...level, whenDenied: undefined }] }) }],
    [
      'levels[1].scope must be a scope of its own',
      { ...policy, ...permissions({ levels: ['a', 'b'].map((name) => ({ ...level, name })) }) },
    ],
    [
      'levels[1].name must be a name of its own',
      { ...policy, ...permissions({ levels: ['x', 'y'].map((scope) => ({ ...level, name: 'a', scope })) }) },
    ],
    [
      'apps["zoom"].scope must be a scope that begins with app:',
      { ...policy, apps: { zoom: { title: 'Zoom', scope: 'zoom' } } },
    ],
    ['apps["zoom"].scope', { ...policy, apps: { zoom: { title: 'Zoom', scope: 'app:' } } }],
    ['vendors["zoom"].scope', { ...policy, vendors: { zoom: { title: 'Zoom', scope: 'app:zoom' } } }],
    ['restrictions["none"].scope', { ...policy, restrictions: { none: { title: 'x', scope: 'restriction:x' } } }],
    [
      'restrictions["x"].scope',
      {
        ...policy,
        restrictions: { none: policy.restrictions.none, x: { title: 'x', scope: 'restriction:none' } },
      },
    ],
    ['machines must be a list', { ...policy, machines: 'm1' }],
    ['machines[0] must be a string', { ...policy, machines: [''] }],
    ['thirdPartyClients must be an object', { ...policy, thirdPartyClients: undefined }],
    ['thirdPartyClients must be only or allExcept', { ...policy, thirdPartyClients: { only: [], allExcept: [] } }],
    ['thirdPartyClients must be only or allExcept', { ...policy, thirdPartyClients: {} }],
  ])('%s', (message, given) => {
    expect(() => createAuthorizer(given as Policy)).toThrow(`Not a policy of rolewright: `);
    expect(() => createAuthorizer(given as Policy)).toThrow(message);
    expect(() => createAuthorizer(given as Policy)).toThrow(TypeError);
  });

  it('and what is done to it later changes nothing', () => {
    const restrictions = { ...policy.restrictions };
    const authorize = createAuthorizer({ ...policy, restrictions });
    Object.assign(restrictions, { gone: { title: 'Gone', scope: 'restriction:gone' } });
    const claims = claimsOf(policy, ['notes', 'restriction:gone', 'app:figma']);
    const decision = authorize(claims, 'data/notes', { app: 'figma' }, { now });
    expect(decision).toMatchObject({ reason: 'unknown-marker' });
    const denied = authorize(claimsOf(policy, []), 'data/spend-data:edit', { app: 'figma' }, { now });
    const remains = denied.allowed ? undefined : (denied.whenDenied?.remains as string[] | undefined);
    expect(remains).toEqual(['seeing it']);
    expect(() => remains?.push('everything')).toThrow(TypeError);
  });
});
