import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verifyRoleTests } from '../../../src/analysis/verify/verify-role-tests.ts';
import { loadSources } from '../../../src/language/load.ts';
import type { Place } from '../../../src/language/source.ts';
import { compile } from '../../../src/model/compile/compile.ts';
import type { Expectation, Reference } from '../../../src/model/definitions.ts';
import type { EffectiveModel } from '../../../src/model/effective-model.ts';
import { assignment, list, modelOf, today } from '../constraints/sketch.ts';

const place: Place = { file: 'test.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 };
const narrowed = assignment('zoomers', 'application-admin', ['auth0|1'], {
  application: 'productiv',
  more: list('apps', ['figma', 'zoom']),
});
const [files] = await loadSources(fileURLToPath(new URL('../../../', import.meta.url)));
const model = modelOf([...files, narrowed], today, []);
const [desired] = compile(model, 'production');

/** The model with these expectations in the stead of an application's own. */
function asking(application: string, tests: readonly Expectation[]): EffectiveModel {
  const applications = model.applications.map((item) => {
    const { definition } = item;
    const roleTests = definition.name === application ? [{ ...definition, application, tests }] : [];
    return { ...item, definition: { ...definition, roleTests } };
  });
  return { ...model, applications };
}

describe.each(model.applications)(
  'role tests of $definition.name',
  ({ definition, roles, customRoles, assignments }) => {
    const compiled = desired?.applications.find(({ name }) => name === definition.name);
    const apps = [...definition.apps.map(({ name }) => name), null];
    const subjects = [
      ...[...roles, ...customRoles].map((role) => ({ kind: 'role' as const, name: role.definition.name })),
      ...assignments
        .filter(({ narrows }) => narrows)
        .map((one) => ({ kind: 'assignment' as const, name: one.definition.name })),
    ].filter(({ name }) => compiled?.roles.some((role) => role.name === name));
    const asked = definition.sections
      .flatMap((section) => section.permissions)
      .flatMap((permission) => {
        const levels = permission.levels.length === 0 ? [permission] : permission.levels;
        return levels.map(({ scope, name }) => {
          const level = permission.levels.length === 0 ? null : name;
          const text = level === null ? permission.reference : `${permission.reference}:${level}`;
          const reference: Reference = { text, permission: permission.reference, level, place };
          return { reference, scope: scope ?? '', restricted: permission.restrictedBy === 'apps' };
        });
      });

    it('say of every role, permission, level and app what the identity provider is given', () => {
      const pairs = subjects.flatMap((subject) =>
        asked.flatMap((item) => apps.map((app) => ({ subject, ...item, app }))),
      );
      const expectations = pairs.map(
        ({ subject, reference, app }): Expectation => ({
          subject: { ...subject, place },
          app: app === null ? null : { name: app, place },
          can: [reference],
          cannot: [reference],
          exact: null,
          place,
        }),
      );
      const { results } = verifyRoleTests(asking(definition.name, expectations));
      expect(results).toHaveLength(pairs.length * 2);
      const wrong = pairs.filter(({ subject, scope, restricted, app }, index) => {
        const scopes = new Set(compiled?.roles.find(({ name }) => name === subject.name)?.scopes);
        const isNarrowed = [...scopes].some((held) => held.startsWith('restriction:') && held !== 'restriction:none');
        const [can, cannot] = results.slice(index * 2, index * 2 + 2);
        if (restricted && isNarrowed && app === null) {
          return [can, cannot].some((result) => result?.diagnostics[0]?.code !== 'RW5405');
        }
        const may = scopes.has(scope) && (!restricted || !isNarrowed || scopes.has(`app:${app}`));
        return can?.passed !== may || cannot?.passed === may;
      });
      expect(wrong).toEqual([]);
      expect(pairs.length).toBeGreaterThan(100);
    });

    it('take for exact the very set that is held, and nothing that differs in one', () => {
      const everything = [...roles, ...customRoles, ...assignments.filter(({ narrows }) => narrows)];
      for (const subject of everything) {
        const kind = subject.kind === 'assignment' ? 'assignment' : 'role';
        const own = 'apps' in subject ? (subject.apps[0]?.name ?? null) : null;
        const set = subject.permissions.map(({ permission, level }): Reference => {
          const text = level === null ? permission : `${permission}:${level}`;
          return { text, permission, level, place };
        });
        const verdictOf = (exact: readonly Reference[]): boolean | undefined => {
          const named = { kind, name: subject.definition.name, place } as const;
          const app = own === null ? null : { name: own, place };
          const expectation: Expectation = { subject: named, app, can: [], cannot: [], exact, place };
          return verifyRoleTests(asking(definition.name, [expectation])).results[0]?.passed;
        };
        expect(verdictOf(set), subject.definition.name).toBe(true);
        expect(verdictOf(set.slice(1)), subject.definition.name).toBe(false);
        const other = asked.find(({ reference }) => !set.some(({ text }) => text === reference.text))?.reference;
        if (other !== undefined) {
          const rest = set.filter(({ permission }) => permission !== other.permission);
          expect(verdictOf([...rest, other]), subject.definition.name).toBe(false);
        }
      }
    });
  },
);

describe('the tests of the three systems', () => {
  const { results, coverage } = verifyRoleTests(model);

  it('pass', () => {
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
  });

  it('cover all of Productiv and of Flex, and most of FlexNet Operations', () => {
    const shares = new Map(coverage.map(({ application, share }) => [application, share]));
    expect(shares.get('productiv')).toBe(1);
    expect(shares.get('flex-rental')).toBe(1);
    expect(shares.get('flexnet-operations')).toBeGreaterThan(0.85);
  });

  it('pin the set of the Executive', () => {
    const executive = results.filter(({ subject, expects }) => subject.name === 'executive' && expects === 'exact');
    expect(executive.map(({ passed }) => passed)).toEqual([true]);
  });
});
