import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import type { Diagnostic } from '../../../src/language/diagnostic.ts';
import { loadSources } from '../../../src/language/load.ts';
import type { EffectiveModel } from '../../../src/model/effective-model.ts';
import { salesOperationsGap } from './sales-operations-gap.ts';
import { modelOf, today } from './sketch.ts';

const [files] = await loadSources(fileURLToPath(new URL('../../../', import.meta.url)));
const model = modelOf(files, today, []);
const constraintNamed = (name: string) => {
  const found = model.constraints.find((constraint) => constraint.name === name);
  if (found === undefined) throw new Error(`no constraint ${name}`);
  return found;
};

/** What one constraint says without its exceptions. */
function withoutExceptions(name: string): readonly Diagnostic[] {
  const alone: EffectiveModel = { ...model, constraints: [{ ...constraintNamed(name), exceptions: [] }] };
  return checkConstraints(alone, today);
}

/** `section title: permission title (role title)` of a permission that is lacking. */
function inTheWordsOfThePage({ message }: Diagnostic): string {
  const [, reference, role] = /lacks "(.+)", which (.+) holds$/u.exec(message) ?? [];
  const flexnet = model.applications.find(({ definition }) => definition.name === 'flexnet-operations');
  for (const section of flexnet?.definition.sections ?? []) {
    const permission = section.permissions.find((known) => known.reference === reference);
    const holder = flexnet?.roles.find(({ definition }) => definition.name === role);
    if (permission) return `${section.title}: ${permission.title} (${holder?.definition.title})`;
  }
  throw new Error(message);
}

describe('the Sales Operations Manager, who supervises Order Entry and Customer Support', () => {
  const eleven = salesOperationsGap.flatMap(({ role, group, permissions }) =>
    permissions.map((permission) => `${group}: ${permission} (${role})`),
  );

  it('lacks exactly the eleven permissions of the source', () => {
    expect(eleven).toHaveLength(11);
    const found = withoutExceptions('sales-operations-supervision');
    expect(found.map(({ code }) => code)).toEqual(eleven.map(() => 'RW5302'));
    expect(found.map(inTheWordsOfThePage).toSorted()).toEqual(eleven.toSorted());
  });

  it('has an exception for each, with an owner, a reason and a last day', () => {
    const { exceptions } = constraintNamed('sales-operations-supervision');
    expect(exceptions).toHaveLength(11);
    for (const { owner, reason, validThrough } of exceptions) {
      expect(owner).toContain('@');
      expect(reason.length).toBeGreaterThan(20);
      expect(validThrough).toBe('2027-06-30');
    }
  });
});

describe('the System Administrator', () => {
  it('lacks what exists for one role only, and nothing else', () => {
    const found = withoutExceptions('administrator-contains-all').map(inTheWordsOfThePage);
    expect(found).toHaveLength(13);
    expect(found.filter((line) => line.startsWith('Account Permissions – Producer Portal: '))).toHaveLength(7);
    expect(found.filter((line) => line.startsWith('Account Permissions: '))).toHaveLength(6);
  });

  it('is held against every other role that people can hold', () => {
    const { rule } = constraintNamed('administrator-contains-all');
    const flexnet = model.applications.find(({ definition }) => definition.name === 'flexnet-operations');
    const roles = flexnet?.roles.flatMap(({ definition }) => (definition.assignable ? [definition.name] : []));
    const named = rule.kind === 'supervises' ? [rule.supervisor, ...rule.supervised] : [];
    expect(named.map(({ value }) => value.name).toSorted()).toEqual(roles);
  });
});

describe('the constraints of the three systems', () => {
  it('hold, and no exception is of no use or about to end', () => {
    expect(checkConstraints(model, today)).toEqual([]);
  });

  it('say so from 30 days before an exception ends, and when it has ended', () => {
    const codes = (asOf: string) => new Set(checkConstraints(model, asOf).map(({ code }) => code));
    expect(codes('2027-05-30')).toEqual(new Set());
    expect(codes('2027-05-31')).toEqual(new Set(['RW5203']));
    expect(codes('2027-07-01')).toEqual(new Set(['RW5202', 'RW5301', 'RW5302']));
  });

  it('reserve the user management of Productiv for the Super Admin, at edit', () => {
    const { rule } = constraintNamed('user-administration');
    if (rule.kind !== 'reserved') throw new Error(rule.kind);
    expect(rule.permissions.map(({ value }) => value.text)).toEqual(['administration/user-management:edit']);
    expect(rule.roles.map(({ value }) => value.name)).toEqual(['super-admin']);
  });
});
