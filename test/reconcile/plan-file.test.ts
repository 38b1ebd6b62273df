import { describe, expect, test } from 'vitest';
import { afterSteps, expectedSteps } from '../../src/reconcile/expected-steps.ts';
import { parseGate } from '../../src/reconcile/gates.ts';
import { movedBeforeReading, movedTenant } from '../../src/reconcile/moved.ts';
import type { PlanFile } from '../../src/reconcile/plan-file.ts';
import { planFileOf, readPlanFile } from '../../src/reconcile/plan-file.ts';
import { planFromSteps } from '../../src/reconcile/plan-from-steps.ts';
import type { Prepared } from '../../src/reconcile/prepare.ts';
import type { Session } from '../../src/reconcile/session.ts';
import type { StateResource } from '../../src/reconcile/state.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import { updatesOf } from '../../src/reconcile/updates.ts';
import { noAdoption } from '../../src/stack/adoption.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { auth0 } from '../../src/targets/auth0/target.ts';
import type { ApplicationSketch } from '../support/desired.ts';
import { desired } from '../support/desired.ts';

const before: ApplicationSketch = {
  permissions: ['data/old', 'data/kept'],
  roles: [{ name: 'user', scopes: ['kept', 'old'] }],
};
const after: ApplicationSketch = {
  permissions: ['data/kept', 'data/new'],
  roles: [{ name: 'user', scopes: ['kept', 'new'] }],
};
const state = desired([after]);

/** A plan from `before` to `after`, prepared without an engine. */
function prepared(resources: readonly StateResource[] = held(before)): Prepared {
  const target = lower(state);
  const seen = { ...emptyState, resources };
  const plan = planFromSteps(expectedSteps(target, resources, noAdoption), state, 'acme.example');
  const settlement = { adoption: noAdoption, owed: [], orphans: [] };
  const accounts = { before: {}, now: {} };
  const strays = { unasked: [], leftOut: [] };
  const undertaking = {
    identityProvider: auth0,
    desired: state,
    target,
    state: seen,
    seen,
    settlement,
    accounts,
    strays,
    refresh: false,
    writes: 3,
    createsOnly: false,
  };
  return { plan, undertaking, leavers: [], settled: false, refused: [] };
}

function held(sketch: ApplicationSketch): readonly StateResource[] {
  return afterSteps([], expectedSteps(lower(desired([sketch])), [], noAdoption));
}

const file = planFileOf(prepared(), { desired: state, gates: [] }, '1.2.3');
const text = JSON.stringify(file);
const sessionAt = (domain: string) => ({ circumstances: { stack: 'dev', domain, backend: '' } }) as Session;

describe('a plan file', () => {
  test('says what each update does, one after the other', () => {
    expect(file.updates).toEqual([
      ['grant new to role shop/user', 'offer scope new in application shop', 'take old from role shop/user'],
      ['withdraw scope old in application shop'],
    ]);
  });

  test('is the same for the same plan, and names gates once, sorted', () => {
    expect(JSON.stringify(planFileOf(prepared(held(before).toReversed()), { desired: state }, '1.2.3'))).toBe(text);
    const gates = ['no-sensitive', 'max-removal=5%', 'no-sensitive'].flatMap((name) => parseGate(name) ?? []);
    expect(planFileOf(prepared(), { desired: state, gates }, '1.2.3').gates).toEqual([
      'max-removal=5%',
      'no-sensitive',
    ]);
  });

  test('is read as it was written, in any layout', () => {
    expect(readPlanFile(text, 'plan.json')).toEqual([file, []]);
    expect(readPlanFile(JSON.stringify(file, null, 2), 'plan.json')[1]).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    ['that is no JSON', text.slice(0, -20), /it is no plan of Rolewright/],
    ['of something else', '{"kind":"plan"}', /it is no plan of Rolewright/],
    ['that is no object', 'null', /it is no plan of Rolewright/],
    ['of a later version', text.replace('"schemaVersion":1', '"schemaVersion":2'), /its version 2 is not known/],
    ['that was changed by hand', text.replaceAll('grant new', 'grant old'), /was changed after it was written/],
    ['whose stack was changed', text.replaceAll('"stack":"dev"', '"stack":"prod"'), /was changed after it was written/],
    ['that lacks a part', JSON.stringify({ ...file, updates: undefined }), /was changed after it was written/],
  ])('%s is refused', (_, changed, reason) => {
    expect(changed).not.toBe(text);
    const [read, diagnostics] = readPlanFile(changed, 'plan.json');
    expect(read).toBeNull();
    expect(diagnostics).toMatchObject([{ code: 'RW6430', message: expect.stringMatching(reason) }]);
  });
});

describe('what has moved', () => {
  const codes = (saved: PlanFile, now = state, domain = 'acme.example', digest = emptyState.digest) =>
    movedBeforeReading(saved, { desired: now }, sessionAt(domain), { ...emptyState, digest }).map(({ code }) => code);

  test('nothing', () => {
    expect(codes(file)).toEqual([]);
  });

  test('the declaration, the state, or both, are told; another tenant is another plan', () => {
    expect(codes(file, { ...state, digest: 'sha256:other' })).toEqual(['RW6432']);
    expect(codes(file, state, 'acme.example', 'sha256:other')).toEqual(['RW6433']);
    expect(codes(file, { ...state, digest: 'sha256:other' }, 'acme.example', 'sha256:other')).toEqual([
      'RW6432',
      'RW6433',
    ]);
    expect(codes(file, state, 'other.example')).toEqual(['RW6431']);
  });

  test('the tenant: the message says what the plan would come to now', () => {
    const moved = (resources: readonly StateResource[]) => {
      const { undertaking } = prepared(resources);
      return movedTenant(file, undertaking, updatesOf(undertaking)).map(({ message }) => message);
    };
    expect(moved(held(before))).toEqual([]);
    const taken = held({ ...before, roles: [{ name: 'user', scopes: ['kept'] }] });
    expect(moved(taken)).toEqual([
      'the tenant acme.example has changed since the plan was saved; the plan would now not take old from role shop/user',
    ]);
    const otherId = held(before).map((resource) => ({ ...resource, id: 'rol_2' }));
    expect(moved(otherId)).toEqual(['the tenant acme.example has changed since the plan was saved']);
  });
});
