import { describe, expect, test } from 'vitest';
import type { DesiredProvisioning } from '../../src/model/desired-state.ts';
import { doingOf } from '../../src/reconcile/classify.ts';
import { effectsOf } from '../../src/reconcile/effects.ts';
import { afterSteps, expectedSteps } from '../../src/reconcile/expected-steps.ts';
import { closedGates } from '../../src/reconcile/gates.ts';
import { rolesToCount } from '../../src/reconcile/guards.ts';
import { holdersAfter } from '../../src/reconcile/holders-after.ts';
import { stagesWithNewcomers } from '../../src/reconcile/newcomers.ts';
import { hasPeople, leftBehind, withoutPeople } from '../../src/reconcile/people.ts';
import { planFromSteps } from '../../src/reconcile/plan-from-steps.ts';
import type { StateResource } from '../../src/reconcile/state.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import { whatIsThere } from '../../src/reconcile/what-is-there.ts';
import { planText } from '../../src/report/plan-text.ts';
import { noAdoption } from '../../src/stack/adoption.ts';
import { lower } from '../../src/targets/keycloak/lower.ts';
import type { ApplicationSketch, RoleSketch } from '../support/desired.ts';
import { desired, scope } from '../support/desired.ts';
import { holding, role, step } from '../support/steps.ts';

const given = (name: string): DesiredProvisioning => ({ default: name, byEmailDomain: [] });
const permissions = ['data/a', 'data/b', 'data/c'];

function shop(everybody: string | null, roles: readonly RoleSketch[], more: ApplicationSketch = {}) {
  const provisioning = everybody === null ? {} : { provisioning: given(everybody) };
  return desired([{ permissions, roles, ...provisioning, ...more }], {
    target: 'keycloak',
    tenant: 'loopback/realms/acme',
  });
}

type Shop = ReturnType<typeof shop>;

const guest = (...scopes: readonly string[]): RoleSketch => ({ name: 'guest', scopes });
const visitor = (...scopes: readonly string[]): RoleSketch => ({ name: 'visitor', scopes });

/** What a stack holds that is as declared, as far as the steps to it say. */
function resourcesOf(declared: Shop): readonly StateResource[] {
  return afterSteps([], expectedSteps(lower(declared), [], noAdoption));
}

const stepsBetween = (before: Shop, after: Shop) => expectedSteps(lower(after), resourcesOf(before), noAdoption);
const planBetween = (before: Shop, after: Shop) => planFromSteps(stepsBetween(before, after), after, 'tenant');

/** What everybody holds and what the roles may do after each update. */
function course(before: Shop, after: Shop) {
  const target = lower(after);
  const stages = stagesWithNewcomers(target, { ...emptyState, resources: resourcesOf(before) });
  expect(stages.at(-1)).toBe(target);
  return stages.map(({ applications: [application] }) => ({
    everybody: application?.defaultRole ?? null,
    ...Object.fromEntries((application?.roles ?? []).map(({ name, scopes }) => [name, scopes.join()])),
  }));
}

describe('the role that everybody holds', () => {
  const nobody = shop(null, [guest('a'), visitor('a', 'b')]);
  const guests = shop('guest', [guest('a'), visitor('a', 'b')]);
  const visitors = shop('visitor', [guest('a'), visitor('a', 'b')]);

  test('is lowered to its logical name, and to no action', () => {
    expect(lower(guests)).toMatchObject({ justInTime: null, applications: [{ defaultRole: 'shop.guest' }] });
    expect(lower(nobody).applications[0]?.defaultRole).toBeNull();
  });

  test('is one resource more, and none where it is there', () => {
    const doing = (before: Shop, after: Shop) =>
      stepsBetween(before, after)
        .filter(({ type, op }) => type === 'default role' && op !== 'same')
        .map(({ op, type, urn }) => doingOf(op, type, urn));
    expect(doing(nobody, guests)).toEqual(['create default role shop.guest']);
    expect(doing(guests, guests)).toEqual([]);
    expect(doing(guests, visitors)).toEqual(['create default role shop.visitor', 'delete default role shop.guest']);
    expect(doing(guests, nobody)).toEqual(['delete default role shop.guest']);
  });

  test('follows its role and its application through a rename', () => {
    const renamed = shop('member', [{ ...guest('a'), name: 'member', formerly: ['guest'] }, visitor('a', 'b')]);
    const moved = shop('guest', [guest('a'), visitor('a', 'b')], { name: 'store', formerly: ['shop'] });
    for (const after of [renamed, moved]) {
      const defaults = stepsBetween(guests, after).filter(({ type }) => type === 'default role');
      expect(defaults.map(({ op }) => op)).toEqual(['same']);
      const plan = planBetween(guests, after);
      expect(plan.changes.some(({ subject }) => subject === 'role')).toBe(true);
      expect(plan.changes.filter(({ subject }) => subject === 'provisioning')).toEqual([]);
    }
  });

  test('is told as what it is, and never as a first sign-in', () => {
    const told = (before: Shop, after: Shop) =>
      planText(planBetween(before, after), (_, text) => text, after)
        .split('\n')
        .filter((line) => /^ {2}[-+~] |^Plan: /u.test(line))
        .map((line) => line.replace(/^Plan: .*; (?=\d+ default)/u, '').trim());
    expect(told(nobody, guests)).toEqual([
      '+ Everybody gets Guest, those who are there already too, and whatever is added to it later',
      '1 default role to change.',
    ]);
    expect(told(guests, visitors)).toEqual([
      '+ Everybody gets Visitor, no longer Guest, those who are there already too, and whatever is added to it later',
      '1 default role to change.',
    ]);
    expect(told(guests, nobody)).toEqual([
      '- Everybody loses Guest but those who were given it by name',
      '1 default role to change.',
    ]);
  });

  test('has the direction of what it may do', () => {
    const change = (before: Shop, after: Shop) => planBetween(before, after).changes;
    expect(change(nobody, guests)).toMatchObject([{ reach: 'everybody', action: 'add', direction: 'widening' }]);
    expect(change(guests, visitors)).toMatchObject([{ action: 'update', role: 'visitor', direction: 'widening' }]);
    expect(change(visitors, guests)).toMatchObject([{ formerTitle: 'Visitor', direction: 'narrowing' }]);
    expect(change(guests, nobody)).toMatchObject([{ action: 'remove', role: 'guest', direction: 'narrowing' }]);
  });

  test('is said to be held by everybody where what it may do changes', () => {
    const told = (everybody: string | null) => {
      const [before, after] = [guest('a'), guest('a', 'b')].map((one) => shop(everybody, [one])) as [Shop, Shop];
      return planText(planBetween(before, after), (_, text) => text, after);
    };
    expect(told('guest')).toContain('\n  ~ Everybody holds Guest by default: what it gains or loses, they all do\n');
    expect(told(null)).not.toContain('Everybody');
    const onAuth0 = { ...shop('guest', [guest('a', 'b')]), environment: desired([]).environment };
    const plan = planBetween(shop('guest', [guest('a')]), onAuth0);
    expect(planText(plan, (_, text) => text, onAuth0)).not.toContain('Everybody');
    // Where everybody is given it by the same plan, that says so.
    const added = planBetween(shop(null, [guest('a')]), shop('guest', [guest('a', 'b')]));
    expect(planText(added, (_, text) => text, shop('guest', [])).match(/Everybody/gu)).toHaveLength(1);
  });

  test('is removed with its role, under the title that it had', () => {
    const steps = [
      step('delete', 'role', 'shop.gone', { old: role('Long Gone') }),
      step('delete', 'grants', 'shop.gone', { old: holding('a') }),
      step('delete', 'defaultRole', 'shop.gone', { old: {} }),
    ];
    const plan = planFromSteps(steps, nobody, 'tenant');
    expect(plan.changes).toMatchObject([
      { subject: 'role', action: 'remove' },
      { subject: 'provisioning', action: 'remove', role: 'gone', title: 'Long Gone', direction: 'narrowing' },
    ]);
  });

  test('is nothing new where its role is made anew, and goes without saying', () => {
    const replaced = (['role', 'defaultRole'] as const).map((kind) =>
      step('replace', kind, 'shop.guest', { old: role('Guest'), now: role('Guest') }),
    );
    const plan = planFromSteps(replaced, guests, 'tenant');
    expect(plan.changes.filter(({ subject }) => subject === 'provisioning')).toEqual([]);
    const effects = effectsOf(plan, replaced).map(({ text }) => text);
    expect(effects).toEqual(['delete role shop/guest and make it anew, with another id']);
  });

  test('is given and taken in words that a saved plan can be held to', () => {
    const doing = (before: Shop, after: Shop) => effectsOf(planBetween(before, after)).map(({ text }) => text);
    expect(doing(nobody, guests)).toEqual(['give role shop/guest to everybody']);
    expect(doing(guests, visitors)).toEqual(['give role shop/visitor to everybody']);
    expect(doing(guests, nobody)).toEqual(['take role shop/guest from everybody']);
  });

  test('must pass the gates that look at what is new', () => {
    const sensitive = { ...scope('data/d'), sensitive: true };
    const roles = [guest('a', 'd')];
    const [before, after] = [null, 'guest'].map((name) => shop(name, roles, { scopes: [sensitive] })) as [Shop, Shop];
    const closed = closedGates(
      [{ kind: 'no-new-access' }, { kind: 'no-sensitive' }],
      planBetween(before, after),
      after,
    );
    expect(closed.map(({ override, diagnostic }) => `${override} ${diagnostic.message}`)).toEqual([
      expect.stringMatching(/^no-new-access:shop\/guest .*is given to everybody/),
      expect.stringMatching(/^no-sensitive:shop\/guest .*is given to everybody/),
    ]);
  });
});

describe('everybody, while a change passes', () => {
  test('comes and goes with one update where the roles stay as they are', () => {
    const roles = [guest('a'), visitor('b')];
    const still = { Guest: 'a', Visitor: 'b' };
    expect(course(shop(null, roles), shop('guest', roles))).toEqual([{ everybody: 'shop.guest', ...still }]);
    expect(course(shop('guest', roles), shop('visitor', roles))).toEqual([{ everybody: 'shop.visitor', ...still }]);
    expect(course(shop('guest', roles), shop(null, roles))).toEqual([{ everybody: null, ...still }]);
  });

  test('has what the role comes to hold with the update that grants it', () => {
    expect(course(shop('guest', [guest('a')]), shop('guest', [guest('a', 'b')]))).toEqual([
      { everybody: 'shop.guest', Guest: 'a,b' },
    ]);
  });

  test('has left a role before it gains anything', () => {
    expect(course(shop('guest', [guest('a')]), shop(null, [guest('a', 'b')]))).toEqual([
      { everybody: null, Guest: 'a' },
      { everybody: null, Guest: 'a,b' },
    ]);
    expect(course(shop('guest', [guest('a'), visitor('c')]), shop('visitor', [guest('a', 'b'), visitor('c')]))).toEqual(
      [
        { everybody: 'shop.visitor', Guest: 'a', Visitor: 'c' },
        { everybody: 'shop.visitor', Guest: 'a,b', Visitor: 'c' },
      ],
    );
  });

  test('comes to a role when it has let go of what it loses', () => {
    // One update narrows the role first, for the default depends on what it may do.
    expect(course(shop(null, [guest('a', 'b')]), shop('guest', [guest('a')]))).toEqual([
      { everybody: 'shop.guest', Guest: 'a' },
    ]);
    // What the role keeps until another one has it, nobody else is to see.
    expect(course(shop(null, [guest('a', 'b'), visitor('a')]), shop('guest', [guest('a'), visitor('a', 'b')]))).toEqual(
      [
        { everybody: null, Guest: 'a,b', Visitor: 'a,b' },
        { everybody: 'shop.guest', Guest: 'a', Visitor: 'a,b' },
      ],
    );
    // Grants that go altogether the engine takes away last.
    expect(course(shop(null, [guest('a')]), shop('guest', [guest()]))).toEqual([
      { everybody: null, Guest: '' },
      { everybody: 'shop.guest', Guest: '' },
    ]);
  });

  test('is the same everybody under a new name of the application', () => {
    const before = shop('guest', [guest('a')]);
    const after = shop('guest', [guest('a', 'b')], {
      ...{ name: 'store', formerly: ['shop'], audience: 'https://shop.example' },
    });
    expect(course(before, after)).toEqual([{ everybody: 'store.guest', Guest: 'a,b' }]);
  });
});

describe('a default role', () => {
  const lowered = lower(shop('guest', [guest('a')]));

  test('comes with checkpoints, as people do, for no journal names it', () => {
    expect(hasPeople(lowered)).toBe(true);
    expect(hasPeople(withoutPeople(lowered))).toBe(false);
  });

  test('is taken over only where the state has it: to give it is a write', () => {
    const resources = resourcesOf(shop('guest', [guest('a')]));
    const without = resources.filter(({ type }) => type !== 'default role');
    const there = (held: readonly StateResource[]) =>
      whatIsThere(lowered, { ...emptyState, resources: held }, noAdoption).applications[0]?.defaultRole;
    expect(there(resources)).toBe('shop.guest');
    expect(there(without)).toBeNull();
  });

  test('is counted, where its role must have holders, before everybody loses it', () => {
    const roles = [guest('a'), visitor('b')];
    const requiredRoles = [{ application: 'shop', role: 'guest', minimumHolders: 2 }];
    const counted = (after: Shop) => {
      const before = shop('guest', roles);
      const guards = { maximumRemoval: null, requiredRoles };
      const required = { ...after, environment: { ...after.environment, guards } };
      const resources = resourcesOf(before).map((resource) => ({ ...resource, id: `acme/${resource.name}` }));
      const state = { ...emptyState, resources };
      return [...rolesToCount({ desired: required, plan: planBetween(before, after), state })];
    };
    expect(counted(shop(null, roles))).toEqual([['shop.guest', 'acme/shop.guest']]);
    expect(counted(shop('visitor', roles))).toEqual([['shop.guest', 'acme/shop.guest']]);
    expect(counted(shop('guest', roles))).toEqual([]);
  });

  test('leaves a required role with those who are declared, where everybody loses it', () => {
    const taken = step('delete', 'defaultRole', 'shop.guest', { old: {} });
    const dana = step('same', 'holder', 'shop.guest.dana', { old: { userId: 'dana' }, now: { userId: 'dana' } });
    const everybody = { total: 500, ids: [] };
    expect(holdersAfter(everybody, ['shop.guest'], [taken, dana])).toEqual({ now: 500, afterwards: 1 });
    expect(holdersAfter(everybody, ['shop.visitor'], [taken, dana])).toEqual({ now: 500, afterwards: 500 });
  });

  test('is told of where a run was cut off that was giving it, and it is not declared any more', () => {
    const state = { ...emptyState, pendingDefaultRoles: ['shop.guest'] };
    expect(leftBehind(lowered, state)).toEqual([]);
    expect(leftBehind(lower(shop(null, [guest('a')])), state).map(({ message }) => message)).toEqual([
      'an interrupted run may have left everybody with shop/guest, which is not declared any more',
    ]);
    expect(leftBehind(lower(shop(null, [])), state)).toHaveLength(1);
  });
});
