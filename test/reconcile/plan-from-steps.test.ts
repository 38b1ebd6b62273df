import { describe, expect, test } from 'vitest';
import type { DesiredScope } from '../../src/model/desired-state.ts';
import type { Step } from '../../src/reconcile/plan-from-steps.ts';
import { planFromSteps } from '../../src/reconcile/plan-from-steps.ts';
import { desired } from '../support/desired.ts';
import { holding, offering, role, step } from '../support/steps.ts';

const permissions = ['data/spend:view', 'data/spend:edit', 'data/contracts'];
const state = desired([{ permissions, roles: [{ name: 'user', scopes: ['view:spend'] }] }]);
const changes = (...steps: readonly Step[]) => planFromSteps(steps, state, 'tenant').changes;
const user = step('same', 'role', 'user', {});

const unchanged = step('same', 'role', 'shop.user', { old: role('User'), now: role('User') });

describe('a role', () => {
  test('that gains a level above the one it holds gains that level', () => {
    const update = { old: holding('view:spend'), now: holding('edit:spend', 'view:spend') };
    expect(changes(unchanged, step('update', 'grants', 'shop.user', update))).toEqual([
      {
        subject: 'role',
        action: 'update',
        application: 'shop',
        role: 'user',
        title: 'User',
        direction: 'widening',
        gains: [
          {
            scopes: ['edit:spend'],
            reference: 'data/spend:edit',
            title: 'Spend',
            level: 'Edit',
            kind: 'permission',
            sensitive: false,
          },
        ],
        loses: [],
        renamedFrom: null,
        retitledFrom: null,
        described: false,
      },
    ]);
  });

  test('that gains several levels of a permission gains the highest, once', () => {
    const update = { old: holding('contracts'), now: holding('contracts', 'edit:spend', 'view:spend') };
    expect(changes(unchanged, step('update', 'grants', 'shop.user', update))).toMatchObject([
      { gains: [{ reference: 'data/spend:edit', scopes: ['edit:spend', 'view:spend'] }] },
    ]);
  });

  test('that swaps one permission for another is a widening, which is what must be looked at', () => {
    const update = { old: holding('contracts'), now: holding('view:spend') };
    expect(changes(unchanged, step('update', 'grants', 'shop.user', update))).toMatchObject([
      { direction: 'widening', gains: [{ reference: 'data/spend:view' }], loses: [{ reference: 'data/contracts' }] },
    ]);
  });

  test('whose set is only in another order does not change', () => {
    const update = { old: holding('a', 'b'), now: holding('b', 'a') };
    expect(changes(unchanged, step('update', 'grants', 'shop.user', update))).toEqual([]);
  });

  test('that loses a scope which nobody declares any more is told by the description that the API had for it', () => {
    const scopes = step('update', 'scopes', 'shop', { old: offering('gone', 'contracts'), now: offering('contracts') });
    const update = step('update', 'grants', 'shop.user', { old: holding('gone'), now: holding() });
    expect(changes(scopes, unchanged, update)).toMatchObject([
      {
        subject: 'catalog',
        removed: [{ kind: 'unknown', reference: null, title: 'What gone does', scopes: ['gone'] }],
      },
      { subject: 'role', direction: 'narrowing', loses: [{ kind: 'unknown', title: 'What gone does' }] },
    ]);
  });

  test('that has been given a scope of another API by hand loses it, although ours has one of that name', () => {
    const other = { name: 'contracts', resourceServerIdentifier: 'https://other.example' };
    const old = { permissions: [...holding('contracts').permissions, other] };
    const update = step('update', 'grants', 'shop.user', { old, now: holding('contracts') });
    expect(changes(unchanged, update)).toMatchObject([
      {
        direction: 'narrowing',
        gains: [],
        loses: [{ scopes: ['contracts of https://other.example'], kind: 'unknown' }],
      },
    ]);
  });

  test('that is created gains everything, also where its permissions are not known yet', () => {
    const create = step('create', 'role', 'shop.user', { now: role('User') });
    const unknown = { permissions: '04da6b54-80e4-46f7-96ec-b56ff0331ba9' };
    expect(changes(create, step('create', 'grants', 'shop.user', { now: unknown }))).toMatchObject([
      { action: 'create', role: 'user', gains: [{ reference: 'data/spend:view' }], loses: [] },
    ]);
  });

  test('that is removed loses everything, and keeps the title that people know', () => {
    const steps = [
      step('delete', 'grants', 'shop.old', { old: holding('contracts') }),
      step('delete', 'role', 'shop.old', { old: role('Old Role') }),
    ];
    expect(changes(...steps)).toMatchObject([
      {
        action: 'remove',
        role: 'old',
        title: 'Old Role',
        direction: 'narrowing',
        gains: [],
        loses: [{ reference: 'data/contracts' }],
      },
    ]);
  });

  test('that loses its whole set is updated, not removed', () => {
    expect(changes(unchanged, step('delete', 'grants', 'shop.user', { old: holding('contracts') }))).toMatchObject([
      { action: 'update', loses: [{ reference: 'data/contracts' }] },
    ]);
  });

  test('that is retitled, described anew and renamed says all three, and is neutral', () => {
    const update = { old: role('Member', 'Old.'), now: role('User', 'New.'), oldName: 'shop.member' };
    expect(changes(step('update', 'role', 'shop.user', update))).toMatchObject([
      { role: 'user', renamedFrom: 'member', retitledFrom: 'Member', described: true, direction: 'neutral' },
    ]);
  });

  test('that is renamed together with its application names both', () => {
    const same = { old: role('User'), now: role('User'), oldName: 'store.member' };
    expect(changes(step('same', 'role', 'shop.user', same))).toMatchObject([
      { renamedFrom: 'store.member', action: 'update' },
    ]);
  });

  test('that is adopted and then updated is one change', () => {
    const steps = [
      step('import', 'role', 'shop.user', { now: role('User') }),
      step('update', 'role', 'shop.user', { old: role('Former'), now: role('User') }),
      step('create', 'grants', 'shop.user', { now: holding('view:spend') }),
    ];
    expect(changes(...steps)).toMatchObject([{ action: 'adopt', gains: [{ reference: 'data/spend:view' }] }]);
  });

  test('is compared with what the tenant holds, which after a refresh is in the outputs', () => {
    const drifted: Step = {
      ...step('update', 'grants', 'shop.user', { old: holding('view:spend'), now: holding('view:spend') }),
    };
    const old = drifted.old && { ...drifted.old, outputs: holding('view:spend', 'contracts') };
    expect(changes(unchanged, { ...drifted, old: old ?? null })).toMatchObject([
      { loses: [{ reference: 'data/contracts' }] },
    ]);
  });
});

describe('an application', () => {
  test('is told by what changes of its API', () => {
    const old = { name: 'Store', identifier: 'https://shop.example', tokenLifetime: 7200, enforcePolicies: false };
    const now = { ...old, name: 'Shop', tokenLifetime: 3600, enforcePolicies: true };
    expect(changes(step('update', 'api', 'shop', { old, now }))).toMatchObject([
      {
        subject: 'application',
        action: 'update',
        direction: 'neutral',
        details: ['title Shop, was Store', 'token lifetime 1h, was 2h', 'enforcement of roles on, was off'],
      },
    ]);
  });

  test('comes before its catalog and its roles', () => {
    const steps = [
      step('create', 'role', 'shop.user', { now: role('User') }),
      step('create', 'scopes', 'shop', { now: offering('contracts') }),
      step('create', 'api', 'shop', { now: { name: 'Shop' } }),
    ];
    expect(changes(...steps).map(({ subject }) => subject)).toEqual(['application', 'catalog', 'role']);
  });
});

test('steps of the engine’s own, refreshes and reads say nothing', () => {
  const refresh = step('refresh', 'grants', 'shop.user', { old: holding('a'), now: holding('b') });
  const stack: Step = {
    op: 'create',
    urn: 'urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev',
    type: 'pulumi:pulumi:Stack',
  };
  expect(changes(refresh, stack, user)).toEqual([]);
});

describe('restriction markers', () => {
  const scope = (kind: DesiredScope['kind'], value: string): DesiredScope => ({
    value,
    description: value,
    kind,
    reference: value.split(':')[1] ?? value,
    title: value,
    level: null,
    sensitive: false,
  });
  const scopes = [
    scope('restriction', 'restriction:none'),
    scope('restriction', 'restriction:zoom'),
    scope('app', 'app:zoom'),
  ];
  const restricted = desired([{ permissions, scopes, roles: [{ name: 'user' }] }]);
  const direction = (old: readonly string[], now: readonly string[]) => {
    const update = step('update', 'grants', 'shop.user', { old: holding(...old), now: holding(...now) });
    const [change] = planFromSteps([unchanged, update], restricted, 'tenant').changes;
    return change?.direction;
  };

  test('lifting a restriction widens, laying one on narrows, and an app widens', () => {
    expect(direction(['restriction:zoom'], ['restriction:none'])).toBe('widening');
    expect(direction(['app:zoom', 'restriction:zoom'], ['restriction:none'])).toBe('widening');
    expect(direction(['restriction:none'], ['restriction:zoom'])).toBe('narrowing');
    expect(direction(['restriction:none'], ['app:zoom', 'restriction:zoom'])).toBe('narrowing');
    expect(direction(['restriction:none'], ['app:zoom', 'contracts', 'restriction:zoom'])).toBe('widening');
    expect(direction(['restriction:zoom'], ['app:zoom', 'restriction:zoom'])).toBe('widening');
    expect(direction(['app:zoom', 'restriction:zoom'], ['restriction:zoom'])).toBe('narrowing');
  });

  test('and apps are no grants of their own in the summary', () => {
    const update = step('update', 'grants', 'shop.user', {
      old: holding('restriction:none'),
      now: holding('app:zoom', 'restriction:zoom', 'contracts'),
    });
    expect(planFromSteps([unchanged, update], restricted, 'tenant').summary).toMatchObject({
      grantsAdded: 1,
      grantsRemoved: 0,
    });
  });
});
