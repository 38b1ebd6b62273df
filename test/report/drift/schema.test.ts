import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import type { DangerReason, Drift } from '../../../src/model/drift.ts';
import { compareTenant } from '../../../src/reconcile/drift/compare-tenant.ts';
import { driftSchema } from '../../../src/report/drift/schema.ts';
import { observedAsDeclared } from '../../support/observed.ts';
import { driftDesired } from './declared.ts';
import { driftOf, tenants } from './tenants.ts';

const validate = new Ajv({ allowUnionTypes: true }).compile(driftSchema());
const desired = driftDesired();
const nobody = { accounts: {}, holders: new Map() };
const observed = observedAsDeclared(desired);
const drifts: readonly Drift[] = [
  ...tenants.map(driftOf),
  compareTenant({ desired, observed, wanted: () => true, unread: 0, people: nobody }),
];

it('describes what is printed of every golden tenant, and of people', () => {
  for (const drift of drifts) expect(validate(drift), JSON.stringify(validate.errors)).toBe(true);
});

it('has been tried with every kind of deviation and of danger', () => {
  const deviations = drifts.flatMap((drift) => drift.deviations);
  const kinds = deviations.map((one) => ('situation' in one ? `${one.subject} ${one.situation}` : one.subject));
  expect([...new Set(kinds)].toSorted()).toEqual([
    ...['api differs', 'api missing', 'catalog', 'holder'],
    ...['role differs', 'role missing', 'role twin', 'role undeclared'],
  ]);
  const reasons = deviations.flatMap(({ dangers }) => dangers.map(({ reason }) => reason));
  const all: readonly DangerReason[] = [
    ...(['api-missing', 'longer-tokens', 'marker-missing', 'markers-clash', 'restriction-exchanged'] as const),
    ...(['restriction-laid-on', 'restriction-lifted', 'roles-not-enforced', 'same-title'] as const),
    ...(['sensitive-access', 'undeclared-access'] as const),
  ];
  expect([...new Set(reasons)].toSorted()).toEqual(all);
});

it('refuses what is not in it', () => {
  const drift = driftOf('role-deprived');
  const [deviation] = drift.deviations;
  expect(validate({ ...drift, more: 1 })).toBe(false);
  expect(validate({ ...drift, deviations: [{ ...deviation, situation: 'gone' }] })).toBe(false);
  expect(validate({ ...drift, deviations: [{ ...deviation, dangers: undefined }] })).toBe(false);
});
