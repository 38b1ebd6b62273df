import type { Details, Diagnostic, Result } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { nearestName } from '../../language/nearest-name.ts';
import type { Level, Permission } from '../definitions.ts';
import type { EffectiveApplication, EffectiveModel } from '../effective-model.ts';
import type { Catalog } from '../link/catalog.ts';
import { referencesOf } from '../link/catalog.ts';
import type { Collector } from '../link/collector.ts';
import { linkReference } from '../link/link-reference.ts';
import { knownNames } from '../link/names.ts';
import { referenceOfScope } from '../link/scopes.ts';
import { permissionsOf } from '../resolve/resolve.ts';

/** A permission with the application that it belongs to. */
export interface FoundPermission {
  readonly application: EffectiveApplication;
  readonly permission: Permission;
  /** null where it has no levels, or none is named. */
  readonly level: Level | null;
}

const form = 'application/section/permission, or application/section/permission:level';

/**
 * The permission of a reference in full, `application/section/permission:level`, or null with the diagnostic that a
 * document would get for it. A level may be left out: then all are meant.
 */
export function lookUpPermission(model: EffectiveModel, reference: string): Result<FoundPermission | null> {
  const slash = reference.indexOf('/');
  const name = slash < 0 ? null : reference.slice(0, slash);
  const application = model.applications.find(({ definition }) => definition.name === name);
  if (application === undefined) return [null, [withoutApplication(model, reference, name)]];
  const local = reference.slice(slash + 1);
  const permissions = permissionsOf(application.definition);
  const whole = permissions.get(local);
  if (whole !== undefined) return [{ application, permission: whole, level: null }, []];
  const collector = withoutPlaces(application.definition.name);
  const written = { name: local, place: nowhere };
  const linked = linkReference(written, application.definition.name, catalogOf(application), collector);
  const permission = linked === null ? undefined : permissions.get(linked.permission);
  if (linked === null || permission === undefined) return [null, collector.diagnostics];
  const level = permission.levels.find((known) => known.name === linked.level) ?? null;
  return [{ application, permission, level }, []];
}

/** What the command line names stands in no file. */
const nowhere = { file: '', line: 0, column: 0, endLine: 0, endColumn: 0 };

/** A linked application's catalog as the linker had it. */
function catalogOf({ definition }: EffectiveApplication): Catalog {
  const current = permissionsOf(definition);
  const former = new Map([...current.values()].flatMap((now) => now.formerly.map((old) => [old, now.reference])));
  const { version, sections, retired } = definition;
  return { version, sections, retired, permissions: { current, former }, requires: [] };
}

/** Gathers what the linker reports, without a place and with every reference in full, as it is written here. */
function withoutPlaces(application: string): Collector {
  const diagnostics: Diagnostic[] = [];
  const inFull = (text: string) => `${application}/${text}`;
  return {
    diagnostics,
    report: (code, _place, parameters, { suggestion, expected, help, related } = {}) => {
      const named = Object.entries(parameters as Record<string, unknown>).map(([key, value]) =>
        ['reference', 'name', 'now'].includes(key) ? [key, inFull(String(value))] : [key, value],
      );
      const isLevel = code === 'RW2106' || code === 'RW2107';
      const inForm = code === 'RW2108' || code === 'RW2116' || code === 'RW2117' ? form : null;
      diagnostics.push(
        diagnostic(code, null, Object.fromEntries(named) as typeof parameters, {
          suggestion: typeof suggestion === 'string' ? inFull(suggestion) : null,
          expected: isLevel && expected ? expected.split(' or ').map(inFull).join(' or ') : inForm,
          help: code === 'RW2115' ? null : (help ?? null),
          related: related ?? [],
        }),
      );
    },
  };
}

/** The first part names no application: it was left out, or misspelt, or this is a scope. */
function withoutApplication(model: EffectiveModel, reference: string, name: string | null): Diagnostic {
  const known = model.applications.flatMap(({ definition }) =>
    [...permissionsOf(definition).values()].map((permission) => ({ application: definition.name, permission })),
  );
  const meant = known.filter(({ permission }) =>
    [permission.reference, ...referencesOf(permission)].includes(reference),
  );
  if (meant.length > 0) {
    const inFull = meant.map(({ application }) => `${application}/${reference}`);
    return diagnostic('RW4107', null, { reference }, { ...meaning(inFull), expected: form });
  }
  const scoped = known.flatMap(({ application, permission }) => {
    const one = referenceOfScope(permission, reference);
    return one === null ? [] : [`${application}/${one}`];
  });
  if (scoped.length > 0) {
    return diagnostic('RW2108', null, { scope: reference }, { ...meaning(scoped), expected: form });
  }
  const names = model.applications.map(({ definition }) => definition.name);
  const near = name === null ? null : nearestName(name, names);
  if (name !== null && near !== null) {
    const suggestion = near + reference.slice(name.length);
    return diagnostic('RW2110', null, { name }, { suggestion, expected: knownNames(names) });
  }
  const all = known.flatMap(({ application, permission }) =>
    referencesOf(permission).map((local) => ({ local, inFull: `${application}/${local}` })),
  );
  const nearest = nearestName(
    reference,
    all.map(({ local }) => local),
  );
  const suggestion = all.find(({ local }) => local === nearest)?.inFull ?? null;
  return diagnostic('RW4107', null, { reference }, { suggestion, expected: form });
}

/** One meaning is suggested; of several none is guessed. */
function meaning(inFull: readonly string[]): Details {
  return inFull.length === 1 ? { suggestion: inFull[0] ?? null } : { help: `it may be ${inFull.join(' or ')}` };
}
