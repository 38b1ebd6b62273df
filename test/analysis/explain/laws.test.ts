import { describe, expect, it } from 'vitest';
import type { LevelAnswer } from '../../../src/analysis/explain/explanation.ts';
import type { MatrixApplication, MatrixRole } from '../../../src/analysis/matrix/matrix.ts';
import { matrix } from '../../../src/analysis/matrix/matrix.ts';
import { missingExplained, permissionExplained } from './explained.ts';
import { modelOf, people, realFiles } from './real-catalogs.ts';

const files = [...(await realFiles()), people];
const model = modelOf(files);
const { applications } = matrix(model);

/** A permission with its reference in full; one without levels has one, null. */
interface Asked {
  readonly section: string;
  readonly name: string;
  readonly reference: string;
  readonly levels: readonly (string | null)[];
}

/** Every permission of an application. */
function permissionsOf(application: MatrixApplication): readonly Asked[] {
  return application.sections.flatMap(({ name: section, permissions }) =>
    permissions.map((permission) => ({
      section,
      name: permission.name,
      reference: `${application.name}/${section}/${permission.name}`,
      levels: permission.levels.length === 0 ? [null] : permission.levels.map(({ name }) => name),
    })),
  );
}

/** The rank that the matrix gives a role, for an app if one is given; -1 for none. */
function rankIn(role: MatrixRole, { section, name, levels }: Asked, app: string | null = null): number {
  const grant = role.permissions.find((held) => held.section === section && held.permission === name);
  if (grant === undefined) return -1;
  const outside = app !== null && role.apps !== null && !role.apps.includes(app) && grant.restrictedBy === 'apps';
  return outside ? -1 : levels.indexOf(grant.level);
}

const inFull = ({ reference }: Asked, level: string | null) => (level === null ? reference : `${reference}:${level}`);

describe.each(applications)('explain, over all of $name', (application) => {
  const permissions = permissionsOf(application);
  const declared = model.applications.find(({ definition }) => definition.name === application.name);
  const apps = declared?.definition.apps.map(({ name }) => name) ?? [];

  it('agrees with the matrix for every role, permission and level', () => {
    for (const role of application.roles) {
      for (const permission of permissions) {
        const { answers } = permissionExplained(model, `${application.name}/${role.name}`, permission.reference);
        expect(answers.map(({ reference }) => reference)).toEqual(
          permission.levels.map((level) => inFull(permission, level)),
        );
        const expected = permission.levels.map((_, rank) => (rankIn(role, permission) >= rank ? 'held' : 'not-held'));
        expect(answers.map(({ verdict }) => verdict)).toEqual(expected);
      }
    }
  });

  it('agrees with the matrix for every custom role, permission and app', () => {
    for (const role of application.roles.filter(({ kind }) => kind === 'custom-role')) {
      for (const permission of permissions) {
        for (const app of apps) {
          const reference = `${application.name}/${role.name}`;
          const { answers } = permissionExplained(model, reference, permission.reference, `${application.name}/${app}`);
          const isHeld = permission.levels.map((_, rank) => rankIn(role, permission, app) >= rank);
          expect(answers.map(({ verdict }) => verdict === 'held')).toEqual(isHeld);
        }
      }
    }
  });

  it('follows every chain from the role, line by line, to a grant of at least that level', () => {
    const holders = [...(declared?.roles ?? []), ...(declared?.customRoles ?? []), ...(declared?.assignments ?? [])];
    for (const { definition } of holders) {
      for (const permission of permissions) {
        const { answers } = permissionExplained(model, `${application.name}/${definition.name}`, permission.reference);
        for (const [rank, answer] of answers.entries()) {
          if (answer.verdict === 'held') expect(answer.chains.length).toBeGreaterThan(0);
          for (const chain of answer.chains) followed(chain, definition.name, permission, answer, rank);
        }
      }
    }
  });

  it('names every role that would give it and no other, each with what it brings, least first', () => {
    for (const role of application.roles.filter(({ kind }) => kind === 'role')) {
      for (const permission of permissions) {
        const { answers } = permissionExplained(model, `${application.name}/${role.name}`, permission.reference);
        for (const [rank, answer] of answers.entries()) {
          const able = application.roles.filter((other) => other.kind === 'role' && rankIn(other, permission) >= rank);
          const expected = answer.verdict === 'held' ? [] : able.map(({ name }) => name);
          expect(answer.alternatives.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
          const counts = answer.alternatives.map(({ additional }) => additional.length);
          expect(counts).toEqual(counts.toSorted((a, b) => a - b));
          for (const { name, additional, lacks } of answer.alternatives) {
            const other = application.roles.find((candidate) => candidate.name === name);
            if (other === undefined) throw new Error(`${name} is not in the matrix`);
            const wanted = (item: Asked) => Math.max(rankIn(role, item), item === permission ? rank : -1);
            expect(additional.map((access) => access.reference)).toEqual(
              permissions.flatMap((item) => {
                const theirs = rankIn(other, item);
                return theirs > wanted(item) ? [inFull(item, item.levels[theirs] ?? null)] : [];
              }),
            );
            expect(lacks).toHaveLength(permissions.filter((item) => rankIn(role, item) > rankIn(other, item)).length);
          }
        }
      }
    }
  });

  it('leaves out of what is missing exactly what is held in full', () => {
    for (const role of application.roles) {
      const missing = missingExplained(model, `${application.name}/${role.name}`);
      const expected = permissions.filter((item) => rankIn(role, item) < item.levels.length - 1);
      const shown = missing.sections.flatMap((section) => section.permissions.map(({ reference }) => reference));
      expect(shown).toEqual(expected.map(({ reference }) => reference));
      expect([missing.permissions, missing.inFull]).toEqual([permissions.length, permissions.length - expected.length]);
    }
  });
});

/** Each step begins where the one before it led, and its place is the very token that it names. */
function followed(
  chain: LevelAnswer['chains'][number],
  holder: string,
  permission: Asked,
  { heldLevel, verdict }: LevelAnswer,
  rank: number,
): void {
  let at = holder;
  for (const { kind, role, names, place } of chain) {
    expect(role).toBe(at);
    const line = files.find(({ path }) => path === place.file)?.text.split('\n')[place.line - 1] ?? '';
    expect(line.slice(place.column - 1, place.endColumn - 1)).toBe(names);
    if (kind !== 'grants') at = names;
  }
  const last = chain.at(-1);
  expect(last?.kind).toBe('grants');
  const local = permission.reference.slice(permission.reference.indexOf('/') + 1);
  expect(last?.names).toBe(heldLevel === null ? local : `${local}:${heldLevel.name}`);
  if (verdict === 'held') expect(permission.levels.indexOf(heldLevel?.name ?? null)).toBeGreaterThanOrEqual(rank);
}
