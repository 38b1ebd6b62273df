import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DesiredState } from '../../../src/model/desired-state.ts';
import type { Deviation, Drift } from '../../../src/model/drift.ts';
import { accountKey } from '../../../src/model/link/link-assignment.ts';
import type { ObservedRole, ObservedState } from '../../../src/model/observed-state.ts';
import type { ObservedPeople } from '../../../src/reconcile/drift/compare-people.ts';
import { compareTenant } from '../../../src/reconcile/drift/compare-tenant.ts';
import { desired as desiredOf, scope } from '../../support/desired.ts';
import { observedAsDeclared } from '../../support/observed.ts';

const marker = (name: string) => ({
  ...scope('x/x'),
  value: `restriction:${name}`,
  kind: 'restriction' as const,
  reference: name,
  title: name,
  description: name,
});

const dana = { by: 'email', email: 'Dana@x.example', connection: 'sso' } as const;

const desired = desiredOf([
  {
    name: 'shop',
    permissions: ['data/spend:view', 'data/spend:edit', 'data/contracts'],
    scopes: [marker('none'), marker('zoom')],
    roles: [
      { name: 'admin', scopes: ['contracts', 'edit:spend', 'restriction:none', 'view:spend'] },
      { name: 'reader', scopes: ['restriction:none', 'view:spend'] },
      { name: 'zoom', title: 'Zoom Owners', scopes: ['edit:spend', 'restriction:zoom', 'view:spend'] },
      { name: 'idle' },
    ],
    holders: [
      { role: 'admin', assignment: 'people', account: { by: 'id', id: 'auth0|1' } },
      { role: 'admin', assignment: 'people', account: dana },
      { role: 'reader', assignment: 'people', account: { by: 'id', id: 'auth0|2' } },
    ],
  },
  { name: 'till', permissions: ['sales/sell'], roles: [{ name: 'cashier', scopes: ['sell'] }] },
]);
const declared = observedAsDeclared(desired);

interface More {
  readonly wanted?: (title: string) => boolean;
  readonly people?: ObservedPeople | null;
  readonly of?: DesiredState;
}

function compare(observed: ObservedState, { wanted = () => true, people = null, of = desired }: More = {}): Drift {
  return compareTenant({ desired: of, observed, wanted, unread: 0, people });
}

function withRole(title: string, change: (role: ObservedRole) => Partial<ObservedRole>): ObservedState {
  const roles = declared.roles.map((role) => (role.title === title ? { ...role, ...change(role) } : role));
  return { ...declared, roles };
}

const grant = (name: string, audience = 'https://shop.example') => ({ audience, scope: name });
const holding = (title: string, ...scopes: readonly string[]) =>
  withRole(title, () => ({ grants: scopes.map((name) => grant(name)) }));
const another = (id: string, title: string, ...scopes: readonly string[]): ObservedRole => ({
  id,
  title,
  description: '',
  grants: scopes.map((name) => grant(name)),
});

/** `role Admin differs widening sensitive-access` */
function facts(deviation: Deviation): string {
  const name = 'title' in deviation ? deviation.title : deviation.application;
  const situation = 'situation' in deviation ? deviation.situation : '';
  const reasons = deviation.dangers.map(({ reason }) => reason).join(' ');
  return [deviation.subject, name, situation, deviation.direction, reasons].filter((word) => word !== '').join(' ');
}

const found = (observed: ObservedState, more: More = {}) => compare(observed, more).deviations.map(facts);

describe('a role', () => {
  it('that holds more or less, in each direction', () => {
    expect(found(declared)).toEqual([]);
    expect(found(holding('Reader', 'restriction:none'))).toEqual(['role Reader differs narrowing']);
    expect(found(holding('Reader', 'restriction:none', 'view:spend', 'contracts'))).toEqual([
      'role Reader differs widening undeclared-access',
    ]);
    expect(found(holding('Reader', 'restriction:none', 'contracts'))).toEqual([
      'role Reader differs widening undeclared-access',
    ]);
    expect(found(holding('Idle', 'contracts'))).toEqual(['role Idle differs widening undeclared-access']);
    expect(found(withRole('Reader', () => ({ description: 'x' })))).toEqual(['role Reader differs neutral']);
  });

  it('whose marker is not its own: an outage, or a restriction that does not restrict', () => {
    const zoom = (...markers: readonly string[]) => holding('Zoom Owners', 'edit:spend', 'view:spend', ...markers);
    const admin = (...markers: readonly string[]) =>
      holding('Admin', 'contracts', 'edit:spend', 'view:spend', ...markers);
    expect(found(zoom())).toEqual(['role Zoom Owners differs narrowing marker-missing']);
    expect(found(zoom('restriction:none', 'restriction:zoom'))).toEqual([
      'role Zoom Owners differs narrowing markers-clash',
    ]);
    expect(found(zoom('restriction:none'))).toEqual(['role Zoom Owners differs widening restriction-lifted']);
    expect(found(zoom('restriction:of-nobody'))).toEqual(['role Zoom Owners differs widening restriction-exchanged']);
    expect(found(admin())).toEqual(['role Admin differs narrowing marker-missing']);
    expect(found(admin('restriction:zoom'))).toEqual(['role Admin differs narrowing restriction-laid-on']);
    expect(found(admin('restriction:none', 'restriction:of-nobody'))).toEqual([
      'role Admin differs narrowing markers-clash',
    ]);
  });

  it('is found by its title, else by its marker, its description or its permissions, where that is one role alone', () => {
    const known = (observed: ObservedState) =>
      compare(observed).deviations.map((one) => (one.subject === 'role' ? [one.situation, one.role, one.knownBy] : []));
    expect(known(withRole('Reader', () => ({ title: 'Readers' })))).toEqual([['differs', 'reader', 'description']]);
    expect(known(withRole('Reader', () => ({ title: 'Readers', description: '' })))).toEqual([
      ['differs', 'reader', 'permissions'],
    ]);
    const strange = { title: 'Strange', description: '', grants: [grant('restriction:zoom')] };
    expect(known(withRole('Zoom Owners', () => strange))).toEqual([['differs', 'zoom', 'marker']]);
    // Two that could be it, or one that could be two: nobody guesses.
    const two = withRole('Reader', () => ({ title: 'A', description: '' }));
    const twice = { ...two, roles: [...two.roles, another('rol_b', 'B', 'restriction:none', 'view:spend')] };
    expect(known(twice)).toEqual([
      ['undeclared', null, null],
      ['undeclared', null, null],
      ['missing', 'reader', null],
    ]);
    const twins = desiredOf([
      {
        permissions: ['data/spend'],
        roles: [
          { name: 'a', scopes: ['spend'] },
          { name: 'b', scopes: ['spend'] },
        ],
      },
    ]);
    const one = { ...observedAsDeclared(twins), roles: [another('rol_x', 'X', 'spend')] };
    expect(compare(one, { of: twins }).deviations.map(facts)).toEqual([
      'role A missing narrowing',
      'role B missing narrowing',
      'role X undeclared widening undeclared-access',
    ]);
    // Roles that say nothing of themselves have no description in common.
    const silent = desiredOf([{ permissions: ['data/spend'], roles: [{ name: 'a', description: '' }] }]);
    const other = { ...observedAsDeclared(silent), roles: [another('rol_x', 'X', 'spend')] };
    expect(compare(other, { of: silent }).deviations.map(facts)[0]).toBe('role A missing narrowing');
    // A role that is there by its title is nobody else, whatever it holds.
    const gone = { ...declared, roles: declared.roles.filter(({ title }) => title !== 'Reader') };
    expect(known(gone)).toEqual([['missing', 'reader', null]]);
  });

  it('that nobody declares is told by what it gives of our applications, with each of them', () => {
    const both = {
      ...another('rol_x', 'X', 'view:spend'),
      grants: [grant('view:spend'), grant('sell', 'https://till.example')],
    };
    const elsewhere = { ...another('rol_y', 'Y'), grants: [grant('read:all', 'https://elsewhere.example')] };
    const drift = compare({ ...declared, roles: [...declared.roles, both, elsewhere, another('rol_z', 'Z')] });
    expect(drift.deviations.map((one) => [one.application, facts(one)])).toEqual([
      ['shop', 'role X undeclared widening undeclared-access'],
      ['till', 'role X undeclared widening undeclared-access'],
    ]);
    expect(drift.summary).toMatchObject({ rolesUndeclared: 1, permissionsMore: 2, dangerous: 2 });
  });

  it('that shares its title: the nearest is taken for the declared one, and the others are told', () => {
    const wider = another('rol_0', 'Reader', 'restriction:none', 'view:spend', 'contracts');
    const drift = compare({ ...declared, roles: [wider, ...declared.roles] });
    expect(drift.deviations.map(facts)).toEqual(['role Reader twin widening undeclared-access same-title']);
    expect(drift.deviations).toMatchObject([{ id: 'rol_0', repairs: ['by-hand'] }]);
    const emptier = another('rol_0', 'Reader');
    expect(found({ ...declared, roles: [...declared.roles, emptier] })).toEqual(['role Reader twin neutral']);
  });

  it('that holds something of another API', () => {
    const observed = withRole('Reader', ({ grants }) => ({
      grants: [...grants, grant('sell', 'https://till.example'), grant('read:users', 'https://x/api/v2/')],
    }));
    expect(compare(observed).deviations).toMatchObject([
      {
        direction: 'widening',
        more: [],
        elsewhere: [
          { application: 'till', access: [{ reference: 'sales/sell' }] },
          { application: null, audience: 'https://x/api/v2/', access: [{ kind: 'unknown' }] },
        ],
      },
    ]);
  });
});

describe('an API', () => {
  const withApi = (change: Partial<ObservedState['apis'][number]>) => ({
    ...declared,
    apis: declared.apis.map((api) => (api.audience === 'https://till.example' ? { ...api, ...change } : api)),
  });

  it('whose settings are not as declared', () => {
    expect(found(withApi({ enforced: false }))).toEqual(['api till differs widening roles-not-enforced']);
    expect(found(withApi({ tokenLifetimeSeconds: 3601 }))).toEqual(['api till differs widening longer-tokens']);
    expect(found(withApi({ tokenLifetimeSeconds: 3599 }))).toEqual(['api till differs neutral']);
    expect(found(withApi({ tokenLifetimeSeconds: null }))).toEqual([]);
    expect(found(withApi({ title: 'x' }))).toEqual(['api till differs neutral']);
  });

  it('whose scopes are not as declared', () => {
    const [sell] = declared.apis.find(({ audience }) => audience === 'https://till.example')?.scopes ?? [];
    expect(found(withApi({ scopes: [] }))).toEqual(['catalog till narrowing']);
    expect(found(withApi({ scopes: [{ value: 'sell', description: '' }] }))).toEqual(['catalog till neutral']);
    const more = withApi({ scopes: [{ value: 'refund', description: 'x' }, ...(sell ? [sell] : [])] });
    expect(found(more)).toEqual(['catalog till neutral']);
    expect(compare(more).deviations).toMatchObject([{ more: [{ title: 'x', kind: 'unknown' }], less: [] }]);
  });

  it('that is missing, and that is not ours', () => {
    const [first] = declared.apis;
    expect(found({ ...declared, apis: declared.apis.slice(0, 1) })).toEqual(['api till missing narrowing api-missing']);
    const foreign = {
      ...first,
      audience: 'https://elsewhere.example',
      enforced: false,
    } as (typeof declared.apis)[number];
    expect(found({ ...declared, apis: [...declared.apis, foreign] })).toEqual([]);
  });
});

it('all that differs is told application by application: the API, its scopes, its roles, their people', () => {
  const apis = declared.apis.map((api) => ({ ...api, enforced: false, scopes: [] }));
  const roles = declared.roles.map((role) => ({ ...role, description: '' }));
  const drift = compare({ ...declared, apis, roles }, { people: { accounts: {}, holders: new Map() } });
  expect(drift.deviations.map(({ application, subject }) => `${application} ${subject}`)).toEqual([
    ...['shop api', 'shop catalog', 'shop role', 'shop role', 'shop role', 'shop role', 'shop holder', 'shop holder'],
    ...['till api', 'till catalog', 'till role'],
  ]);
  expect(drift.summary).toMatchObject({
    apisDiffering: 2,
    rolesDiffering: 5,
    peopleMissing: 2,
    dangerous: 2,
    outages: 0,
  });
});

describe('people', () => {
  const idOf = (title: string) => declared.roles.find((role) => role.title === title)?.id ?? '';
  const people = (holders: Readonly<Record<string, readonly string[]>>): ObservedPeople => ({
    accounts: { [accountKey(dana)]: 'auth0|dana' },
    holders: new Map(Object.entries(holders).map(([title, ids]) => [idOf(title), new Set(ids)])),
  });

  it('who do not hold what is declared for them; whoever else holds it is no drift', () => {
    const all = { Admin: ['auth0|1', 'auth0|dana', 'auth0|9'], Reader: ['auth0|2'] };
    expect(found(declared, { people: people(all) })).toEqual([]);
    const drift = compare(declared, { people: people({ ...all, Admin: ['auth0|9'] }) });
    expect(drift.deviations).toMatchObject([
      { subject: 'holder', role: 'admin', account: 'Dana@x.example (sso)' },
      { subject: 'holder', role: 'admin', account: 'auth0|1', assignment: 'people', direction: 'narrowing' },
    ]);
    expect(drift.summary.peopleMissing).toBe(2);
  });

  it('are not compared unless that is asked for, which is said', () => {
    expect(compare(declared).extent).toMatchObject({ peopleCompared: false, rolesWithPeople: 2 });
    const some = { wanted: (title: string) => title !== 'Admin' };
    expect(compare(declared, some).extent).toMatchObject({ rolesDeclared: 4, rolesRead: 4, rolesWithPeople: 1 });
  });

  it('of a role that is missing are not told besides', () => {
    const gone = { ...declared, roles: declared.roles.filter(({ title }) => title !== 'Admin') };
    expect(found(gone, { people: people({ Reader: ['auth0|2'] }) })).toEqual(['role Admin missing narrowing']);
  });
});

describe('laws', () => {
  const scopes = ['contracts', 'edit:spend', 'view:spend', 'restriction:none', 'restriction:zoom', 'unheard-of'];
  const titles = desired.applications.flatMap(({ roles }) => roles.map(({ title }) => title));
  const grants = fc.uniqueArray(fc.constantFrom(...scopes)).map((names) => names.map((name) => grant(name)));
  const tenant = fc.uniqueArray(fc.record({ title: fc.constantFrom(...titles, 'Other'), grants }), {
    selector: ({ title }) => title,
  });
  const observed = (roles: readonly Pick<ObservedRole, 'title' | 'grants'>[]): ObservedState => ({
    ...declared,
    roles: roles.map((role, index) => ({ ...role, id: `rol_${index}`, description: '' })),
  });

  it('every scope that a role holds more or less is told once, and no other one', () => {
    fc.assert(
      fc.property(tenant, (roles) => {
        const drift = compare(observed(roles));
        for (const role of desired.applications[0]?.roles ?? []) {
          const there = roles.find(({ title }) => title === role.title);
          const told = drift.deviations.filter((one) => one.subject === 'role' && one.role === role.name);
          const [deviation] = told as readonly Extract<Deviation, { subject: 'role' }>[];
          if (there === undefined || deviation?.knownBy) continue;
          const held = there.grants.map((one) => one.scope);
          const sorted = (access: readonly { readonly scopes: readonly string[] }[] = []) =>
            access.flatMap((one) => one.scopes).toSorted();
          expect(sorted(deviation?.more)).toEqual(held.filter((name) => !role.scopes.includes(name)).toSorted());
          expect(sorted(deviation?.less)).toEqual(role.scopes.filter((name) => !held.includes(name)).toSorted());
        }
      }),
    );
  });

  it('the order in which a tenant lists things changes no byte', () => {
    const shuffled = tenant.chain((roles) => {
      const state = observed(roles);
      return fc.tuple(fc.constant(state), fc.shuffledSubarray([...state.roles], { minLength: roles.length }));
    });
    fc.assert(
      fc.property(shuffled, ([state, roles]) => {
        const apis = state.apis.toReversed().map((api) => ({ ...api, scopes: api.scopes.toReversed() }));
        const turned = roles.map((role) => ({ ...role, grants: role.grants.toReversed() }));
        expect(JSON.stringify(compare({ ...state, apis, roles: turned }))).toBe(JSON.stringify(compare(state)));
      }),
    );
  });
});
