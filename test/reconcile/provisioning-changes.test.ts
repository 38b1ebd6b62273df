import { describe, expect, test } from 'vitest';
import type { DesiredProvisioning } from '../../src/model/desired-state.ts';
import { closedGates } from '../../src/reconcile/gates.ts';
import type { Step } from '../../src/reconcile/plan-from-steps.ts';
import { planFromSteps } from '../../src/reconcile/plan-from-steps.ts';
import { planText } from '../../src/report/plan-text.ts';
import { actionCode } from '../../src/targets/auth0/action/action-code.ts';
import { lowerJustInTime, signInPolicy } from '../../src/targets/auth0/lower-just-in-time.ts';
import type { ApplicationSketch } from '../support/desired.ts';
import { desired, scope } from '../support/desired.ts';
import { step } from '../support/steps.ts';

const permissions = ['data/spend:view', 'data/spend:edit'];
const roles = [
  { name: 'guest', scopes: ['view:spend'] },
  { name: 'buyer', scopes: ['edit:spend', 'view:spend'] },
];
const guest: DesiredProvisioning = { default: 'guest', byEmailDomain: [] };
const buyer: DesiredProvisioning = { default: 'buyer', byEmailDomain: [] };
const acme = { domain: 'acme.example', connection: 'acme-sso' };
const withRule = (role: string): DesiredProvisioning => ({ default: 'guest', byEmailDomain: [{ ...acme, role }] });

const state = (provisioning: DesiredProvisioning | null, more: ApplicationSketch = {}) =>
  desired([{ permissions, roles, ...more, ...(provisioning === null ? {} : { provisioning }) }]);

function codeOf(declared: ReturnType<typeof state>): string {
  const action = lowerJustInTime(declared, {});
  return action === null ? '' : actionCode(signInPolicy(action, (name) => `rol_${name}`));
}

const action = (before: string | null, after: string | null): Step => {
  const op = before === null ? 'create' : after === null ? 'delete' : before === after ? 'same' : 'update';
  return step(op, 'action', 'just-in-time', {
    ...(before === null ? {} : { old: { code: before } }),
    ...(after === null ? {} : { now: { code: after } }),
  });
};
const binding = (op: 'same' | 'create' | 'delete') =>
  step(op, 'binding', 'just-in-time', {
    ...(op === 'create' ? {} : { old: {} }),
    ...(op === 'delete' ? {} : { now: {} }),
  });

const between = (before: ReturnType<typeof state>, after: ReturnType<typeof state>) =>
  planFromSteps([action(codeOf(before), codeOf(after)), binding('same')], after, 'tenant');
const told = (plan: ReturnType<typeof between>, declared = state(guest)) =>
  planText(plan, (_, text) => text, declared)
    .split('\n')
    .filter((line) => /^ {2}[-+~]|^Plan: /u.test(line))
    .map((line) => line.replace(/^Plan: .*; (?=\d+ rule)/u, '').trim());

describe('what people are given at their first sign-in', () => {
  test('is told as a widening where it comes, although the ids in the code are not known yet', () => {
    const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
    const plan = planFromSteps([action(null, unknown), binding('create')], state(withRule('buyer')), 'tenant');
    expect(plan.changes.map(({ direction }) => direction)).toEqual(['widening', 'widening']);
    expect(plan.summary.provisioningChanged).toBe(2);
    expect(told(plan)).toEqual([
      '+ People who sign in to Shop for the first time get Guest',
      '+ People of acme.example over acme-sso who sign in to Shop for the first time get Buyer',
      '2 rules for first sign-ins to change.',
    ]);
  });

  test('is told with what it was, and with the direction of what it may do', () => {
    expect(told(between(state(guest), state(buyer)))).toEqual([
      '+ People who sign in to Shop for the first time get Buyer, no longer Guest',
      '1 rule for first sign-ins to change.',
    ]);
    expect(told(between(state(buyer), state(guest)))[0]).toMatch(/^- People .* get Guest, no longer Buyer$/);
    // People of the domain got what everybody gets, and will again.
    expect(between(state(guest), state(withRule('buyer'))).changes).toMatchObject([{ direction: 'widening' }]);
    expect(between(state(withRule('buyer')), state(guest)).changes).toMatchObject([{ direction: 'narrowing' }]);
    expect(between(state(withRule('guest')), state(buyer)).changes).toMatchObject([
      { action: 'update', direction: 'widening' },
      { action: 'remove', ...acme, direction: 'widening' },
    ]);
  });

  test('is told as a narrowing where it goes', () => {
    const plan = planFromSteps([action(codeOf(state(guest)), null), binding('delete')], state(null), 'tenant');
    expect(plan.changes).toMatchObject([{ action: 'remove', direction: 'narrowing' }]);
    expect(told(plan)[0]).toBe('- People who sign in to Shop for the first time no longer get Guest');
  });

  test('comes again where somebody has unbound the action', () => {
    const code = codeOf(state(guest));
    const plan = planFromSteps([action(code, code), binding('create')], state(guest), 'tenant');
    expect(plan.changes).toMatchObject([{ action: 'add', role: 'guest' }]);
  });

  test('is another role where nobody declares the old one any more: nobody knows what that could do', () => {
    const before = state({ default: 'gone', byEmailDomain: [] }, { roles: [...roles, { name: 'gone' }] });
    expect(between(before, state(guest)).changes).toMatchObject([{ action: 'update', direction: 'widening' }]);
  });

  test('does not change with the name of the role or of the application; the code does', () => {
    const renamed = [{ name: 'visitor', title: 'Guest', formerly: ['guest'], scopes: ['view:spend'] }];
    const visitor = state({ default: 'visitor', byEmailDomain: [] }, { roles: renamed });
    expect(between(state(guest), visitor).changes).toMatchObject([{ action: 'rewrite', direction: 'neutral' }]);
    const moved = desired([{ name: 'store', formerly: ['shop'], permissions, roles, provisioning: guest }]);
    expect(between(state(guest), moved).changes).toMatchObject([{ action: 'rewrite', application: 'store' }]);
  });

  test('is as it was where nothing changes, and told to be written anew where the code was edited', () => {
    expect(between(state(guest), state(guest)).changes).toEqual([]);
    const edited = `${codeOf(state(guest))}\n// A line of somebody's.`;
    const plan = planFromSteps([action(edited, codeOf(state(guest))), binding('same')], state(guest), 'tenant');
    expect(plan.summary.provisioningChanged).toBeUndefined();
    expect(told(plan)[0]).toBe('~ The action at sign-in is written anew, and gives nothing else');
  });

  test('must pass the gates that look at what is new', () => {
    const sensitive = { ...scope('data/spend:edit', 1), sensitive: true };
    const declared = desired([
      { permissions: ['data/spend:view'], scopes: [sensitive], roles, provisioning: withRule('buyer') },
    ]);
    const plan = between(state(guest), declared);
    const closed = closedGates([{ kind: 'no-new-access' }, { kind: 'no-sensitive' }], plan, declared);
    expect(closed.map(({ override, diagnostic }) => `${override} ${diagnostic.message}`)).toEqual([
      expect.stringMatching(/^no-new-access:shop\/buyer .*people of acme\.example at their first sign-in/),
      expect.stringMatching(/^no-sensitive:shop\/buyer .*people of acme\.example at their first sign-in/),
    ]);
  });
});
