import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/language/source.ts';
import { byCodePoint } from '../../src/language/source.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { EffectiveModel, HeldPermission, Step } from '../../src/model/effective-model.ts';
import { build, check } from '../../src/pipeline.ts';
import type { Sketch } from '../support/arbitrary-repository.ts';
import { documentsOf, filesOf, sketches } from '../support/arbitrary-repository.ts';
import { caseOptions, written } from '../support/cases.ts';
import { referenceOf } from '../support/model-text.ts';

const runs = { numRuns: 40 };
const orders = fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 });

describe('resolution', () => {
  it('gives each role what it grants and inherits, at the highest level, and nothing else', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const model = modelOf(filesOf(documentsOf(sketch)));
        expect(heldBy(model)).toEqual(expectedOf(sketch));
      }),
      runs,
    );
  });

  it('never takes away by inheriting', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const held = heldBy(modelOf(filesOf(documentsOf(sketch))));
        for (const { name, inherits } of sketch.roles) {
          for (const parent of inherits) {
            for (const [permission, level] of Object.entries(held[parent] ?? {})) {
              expect(rank(sketch, permission, held[name]?.[permission])).toBeGreaterThanOrEqual(
                rank(sketch, permission, level),
              );
            }
          }
        }
      }),
      runs,
    );
  });

  it('keeps, for every permission held, chains of lines that really give it', () => {
    fc.assert(
      fc.property(sketches, orders, (sketch, order) => {
        const files = filesOf(documentsOf(sketch), order);
        const [application] = modelOf(files).applications;
        for (const { definition, permissions } of [
          ...(application?.roles ?? []),
          ...(application?.customRoles ?? []),
        ]) {
          for (const held of permissions) {
            expect(held.chains.length).toBeGreaterThan(0);
            for (const chain of held.chains) follow(chain, definition.name, held, sketch, files);
          }
        }
      }),
      runs,
    );
  });

  it('does not depend on the order of files or documents, nor on which file holds which', () => {
    fc.assert(
      fc.property(sketches, orders, (sketch, order) => {
        const documents = documentsOf(sketch);
        const [one, other] = [filesOf(documents), filesOf(documents, order)];
        expect(heldBy(modelOf(other))).toEqual(heldBy(modelOf(one)));
        expect(desiredOf(other).digest).toBe(desiredOf(one).digest);
        expect(desiredOf(one.toReversed())).toEqual(desiredOf(one));
      }),
      runs,
    );
  });
});

describe('a custom role', () => {
  it("has exactly its base's permissions, and names no app, vendor or reseller but its own", () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const files = filesOf(documentsOf(sketch));
        const held = heldBy(modelOf(files));
        for (const { name, base, apps } of sketch.customRoles) {
          expect(held[name]).toEqual(held[base]);
          const scopes = scopesOf(desiredOf(files), name);
          const listed = sketch.apps.filter((app) => apps.includes(app.name));
          const makers = sketch.vendors.filter((vendor) => listed.some((app) => app.vendor === vendor.name));
          const sellers = [...listed, ...makers].flatMap(({ resellers }) => resellers);
          expect(scopes.filter((scope) => /^(?:app|vendor|reseller|restriction):/u.test(scope))).toEqual([
            ...apps.map((app) => `app:${app}`).sort(),
            ...[...new Set(sellers)].map((seller) => `reseller:${seller}`).sort(),
            `restriction:${name}`,
            ...makers.map((vendor) => `vendor:${vendor.name}`).sort(),
          ]);
        }
      }),
      runs,
    );
  });
});

describe('the desired state', () => {
  it('is sorted, says nothing twice, and asks for no scope that its application does not offer', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const { applications } = desiredOf(filesOf(documentsOf(sketch)));
        for (const { scopes, roles } of applications) {
          const offered = scopes.map(({ value }) => value);
          for (const names of [offered, roles.map(({ name }) => name), ...roles.map((role) => role.scopes)]) {
            expect(names).toEqual([...new Set(names)].sort(byCodePoint));
          }
          for (const role of roles) expect(offered).toEqual(expect.arrayContaining([...role.scopes]));
        }
      }),
      runs,
    );
  });

  it('is the same for the same files, and its digest for the same meaning: comments and moved lines change nothing', () => {
    fc.assert(
      fc.property(sketches, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), (sketch, where) => {
        const files = filesOf(documentsOf(sketch));
        const commented = files.map(({ path, text }) => ({
          path,
          text: text
            .split('\n')
            .map((line, index) => (where[index % where.length] ? `# a comment: [not, a list]\n\n${line}` : line))
            .join('\n'),
        }));
        expect(desiredOf(files)).toEqual(desiredOf(files));
        expect(desiredOf(commented).digest).toBe(desiredOf(files).digest);
      }),
      runs,
    );
  });
});

function modelOf(files: readonly SourceFile[]): EffectiveModel {
  const [model, diagnostics] = check(files, caseOptions);
  if (model === null) throw new Error(written(diagnostics));
  return model;
}

function desiredOf(files: readonly SourceFile[]): DesiredState {
  const [desired, diagnostics] = build(files, 'production', caseOptions);
  if (desired === null) throw new Error(written(diagnostics));
  return desired;
}

type Held = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

function heldBy({ applications: [application] }: EffectiveModel): Held {
  const roles = [...(application?.roles ?? []), ...(application?.customRoles ?? [])];
  return Object.fromEntries(
    roles.map(({ definition, permissions }) => [
      definition.name,
      Object.fromEntries(permissions.map(({ permission, level }) => [permission, level])),
    ]),
  );
}

/** What every role must hold, worked out from the sketch alone. */
function expectedOf(sketch: Sketch): Held {
  const held: Record<string, Record<string, string | null>> = {};
  for (const { name, inherits, grants } of sketch.roles) {
    const own: Record<string, string | null> = {};
    const given = [...inherits.flatMap((parent) => Object.entries(held[parent] ?? {})), ...grants];
    for (const [permission, level] of given) {
      if (rank(sketch, permission, level) > rank(sketch, permission, own[permission])) own[permission] = level;
    }
    held[name] = own;
  }
  for (const { name, base } of sketch.customRoles) held[name] = held[base] ?? {};
  return held;
}

/** -1 for a permission that is not held, else 0 for the lowest level or none. */
function rank({ permissions }: Sketch, reference: string, level: string | null | undefined): number {
  if (level === undefined) return -1;
  return level === null ? 0 : (permissions.find((known) => known.reference === reference)?.levels.indexOf(level) ?? -1);
}

function scopesOf({ applications }: DesiredState, role: string): readonly string[] {
  return applications[0]?.roles.find(({ name }) => name === role)?.scopes ?? [];
}

/** Follows a chain by hand: each step stands in the sketch and at its place, and the last one grants what is held. */
function follow(
  chain: readonly Step[],
  holder: string,
  held: HeldPermission,
  sketch: Sketch,
  files: readonly SourceFile[],
): void {
  let at = holder;
  for (const { kind, role, names, place } of chain) {
    expect(role).toBe(at);
    const line = files.find(({ path }) => path === place.file)?.text.split('\n')[place.line - 1] ?? '';
    expect(line.slice(place.column - 1, place.endColumn - 1)).toBe(names);
    const custom = sketch.customRoles.find(({ name }) => name === role);
    const plain = sketch.roles.find(({ name }) => name === role);
    if (kind === 'base') expect(custom?.base).toBe(names);
    if (kind === 'inherits') expect(plain?.inherits).toContain(names);
    if (kind === 'grants') expect(plain?.grants.get(held.permission)).toBe(held.level);
    at = names;
  }
  expect(chain.at(-1)).toMatchObject({ kind: 'grants', names: referenceOf(held) });
}
