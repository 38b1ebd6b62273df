import { describe, expect, test } from 'vitest';
import { disagreements, straysOf } from '../../src/reconcile/disagreement.ts';
import { effectsOf } from '../../src/reconcile/effects.ts';
import { afterSteps, expectedSteps } from '../../src/reconcile/expected-steps.ts';
import type { Step } from '../../src/reconcile/plan-from-steps.ts';
import { planFromSteps } from '../../src/reconcile/plan-from-steps.ts';
import type { StateResource } from '../../src/reconcile/state.ts';
import { noAdoption } from '../../src/stack/adoption.ts';
import { kinds } from '../../src/stack/resource-kinds.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import type { ApplicationSketch } from '../support/desired.ts';
import { desired } from '../support/desired.ts';
import { holding, role, step } from '../support/steps.ts';

const permissions = ['data/a', 'data/b'];
const declared: ApplicationSketch = { permissions, roles: [{ name: 'admin', scopes: ['a', 'b'] }] };
const state = desired([declared]);

/** What is there after a declaration has been applied to nothing. */
function applied(sketch: ApplicationSketch): readonly StateResource[] {
  return afterSteps([], expectedSteps(lower(desired([sketch])), [], noAdoption));
}

/** `override: message` where the engine announces these steps and those are expected. */
function found(steps: readonly Step[], expected: readonly Step[]): readonly string[] {
  const effects = (some: readonly Step[]) => effectsOf(planFromSteps(some, state, ''), some);
  return disagreements(straysOf(effects(steps), effects(expected))).map(
    ({ override, diagnostic }) => `${override}: ${diagnostic.message}`,
  );
}

const admin = step('same', 'role', 'shop.admin', { old: role('Admin'), now: role('Admin') });
const grants = (old: readonly string[], now: readonly string[]) =>
  step('update', 'grants', 'shop.admin', { old: holding(...old), now: holding(...now) });

describe('the engine and the documents', () => {
  test('agree where it announces what is declared, whatever steps it takes for it', () => {
    const before = applied({ ...declared, roles: [{ name: 'admin', scopes: ['a'] }] });
    const expected = expectedSteps(lower(state), before, noAdoption);
    expect(effectsOf(planFromSteps(expected, state, '')).map(({ text }) => text)).toEqual([
      'grant b to role shop/admin',
    ]);
    expect(found([admin, grants(['a'], ['b', 'a'])], expected)).toEqual([]);
  });

  test('disagree where it would do more, one refusal for each role', () => {
    const more = [admin, grants(['a', 'b'], ['a']), step('create', 'role', 'shop.extra', { now: role('Extra') })];
    expect(found(more, [admin])).toEqual([
      'unasked:shop/extra: the engine would create role shop/extra, which the documents do not ask for',
      'unasked:shop/admin: the engine would take b from role shop/admin, which the documents do not ask for',
    ]);
  });

  test('disagree where it would leave something out', () => {
    expect(found([admin], [admin, grants([], ['a', 'b'])])).toEqual([
      'left-out:shop/admin: the engine would not grant a to role shop/admin, grant b to role shop/admin, which the documents ask for',
    ]);
  });

  test('disagree where it would do another thing than what is declared: both are told', () => {
    expect(found([admin, grants(['a'], ['c'])], [admin, grants(['a'], ['a', 'b'])])).toHaveLength(2);
  });

  test('disagree about an API that changes where no property of ours does', () => {
    const old = { name: 'Shop', signingAlg: 'HS256' };
    expect(found([step('update', 'api', 'shop', { old, now: { name: 'Shop' } })], [])).toEqual([
      'unasked:shop: the engine would change the API of application shop, which the documents do not ask for',
    ]);
  });
});

describe('what no plan has words for', () => {
  const replaced = ['create-replacement', 'replace', 'delete-replaced'] as const;
  const anew = (kind: 'role' | 'grants') =>
    replaced.map((op) => step(op, kind, 'shop.admin', { old: role('Admin'), now: role('Admin') }));

  test('a role that is made anew loses its id, and that its grants are made anew goes without saying', () => {
    expect(found([...anew('role'), ...anew('grants')], [admin])).toEqual([
      'unasked:shop/admin: the engine would delete role shop/admin and make it anew, with another id, which the documents do not ask for',
    ]);
    expect(found([admin, ...anew('grants')], [admin])).toHaveLength(1);
  });

  test('a resource that no document can declare is told with its type', () => {
    const type = 'auth0:index/action:Action';
    const urn = `urn:pulumi:dev::p::${type}::login`;
    expect(found([{ op: 'delete', urn, type }], [])).toEqual([
      `unasked:${type}::login: the engine would delete ${type} login, which the documents do not ask for`,
    ]);
    expect(found([{ op: 'same', urn, type }], [])).toEqual([]);
  });
});

describe('the expected steps', () => {
  const texts = (steps: readonly Step[]) => effectsOf(planFromSteps(steps, state, '')).map(({ text }) => text);

  test('from nothing make everything, and from the result nothing more', () => {
    const first = expectedSteps(lower(state), [], noAdoption);
    expect(texts(first)).toEqual([
      'create application shop',
      'create role shop/admin',
      'grant a to role shop/admin',
      'grant b to role shop/admin',
      'offer scope a in application shop',
      'offer scope b in application shop',
    ]);
    expect(texts(expectedSteps(lower(state), afterSteps([], first), noAdoption))).toEqual([]);
  });

  test('know old names, and whom they have been given to', () => {
    const holder = (name: string) => ({ role: name, assignment: 'team', account: { by: 'id', id: 'dana' } }) as const;
    const before = applied({ permissions, roles: [{ name: 'boss', title: 'Admin' }], holders: [holder('boss')] });
    const renamed = desired([
      { permissions, roles: [{ name: 'admin', formerly: ['boss'] }], holders: [holder('admin')] },
    ]);
    const steps = expectedSteps(lower(renamed), before, noAdoption);
    const told = effectsOf(planFromSteps(steps, renamed, '')).map(({ text }) => text);
    expect(told).toEqual(['rename role boss to shop/admin']);
  });

  test('take away what is not declared any more, and adopt what is there already', () => {
    const before = applied({ permissions, roles: [{ name: 'admin', scopes: ['a', 'b'] }, { name: 'old' }] });
    expect(texts(expectedSteps(lower(state), before, noAdoption))).toEqual(['remove role shop/old']);
    const adoption = { ...noAdoption, roles: { 'shop.admin': 'rol_1' } };
    const withoutRole = before.filter(({ type }) => type === kinds.api || type === kinds.scopes);
    expect(texts(expectedSteps(lower(state), withoutRole, adoption))).toEqual([
      'grant a to role shop/admin',
      'grant b to role shop/admin',
      'take over role shop/admin',
    ]);
  });
});
