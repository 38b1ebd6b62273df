import type { Diagnostic } from '../../../language/diagnostic.ts';
import { diagnostic } from '../../../language/diagnostic.ts';
import { byPlace } from '../../../language/source.ts';
import type { TypedDocument } from '../../../language/validate/typed-document.ts';
import { documentsOf } from '../../../language/validate/typed-document.ts';
import type { Application, Named } from '../../../model/definitions.ts';
import type { LintContext } from '../lint-context.ts';
import { differenceInSpelling, spellingKeys } from '../spelling.ts';

/**
 * Names of one kind that differ only in spelling. Names are compared only where one could be written for the other:
 * permissions within their section, levels within their permission, and neither with those of other sections.
 */
export function similarNames({ model, documents }: LintContext): readonly Diagnostic[] {
  const { applications, environments, constraints } = model;
  const definitions = applications.map(({ definition }) => definition);
  const kinds = [
    definitions,
    environments,
    constraints,
    ...definitions.flatMap(kindsIn),
    ...documentsOf(documents, 'AppDirectory').map(resellersIn),
  ];
  return kinds.flatMap(similarAmong);
}

function kindsIn(application: Application): readonly (readonly Named[])[] {
  const { sections, roles, customRoles, assignments, apps, vendors } = application;
  const permissions = sections.map((section) => section.permissions);
  const levels = permissions.flat().map((permission) => permission.levels);
  return [sections, ...permissions, ...levels, [...roles, ...customRoles], assignments, apps, vendors];
}

/** A reseller is declared by being named, so a misspelt one is another one. */
function resellersIn({ value, document }: TypedDocument<'AppDirectory'>): readonly Named[] {
  const named = (['vendors', 'apps'] as const).flatMap((key) =>
    (value.spec[key] ?? []).flatMap(({ resellers = [] }, at) =>
      resellers.map((name, index) => ({ name, place: document.locate(['spec', key, at, 'resellers', index]) })),
    ),
  );
  return [...new Map(named.toReversed().map((reseller) => [reseller.name, reseller])).values()];
}

/** Each name that differs only in spelling from one before it, told at the later one. */
function similarAmong(names: readonly Named[]): readonly Diagnostic[] {
  const seen = new Map<string, Named[]>();
  return names
    .toSorted((a, b) => byPlace(a.place, b.place))
    .flatMap(({ name, place }) => {
      const keys = spellingKeys(name);
      const candidates = [...new Set(keys.flatMap((key) => seen.get(key) ?? []))];
      for (const key of keys) seen.set(key, [...(seen.get(key) ?? []), { name, place }]);
      for (const other of candidates) {
        const difference = differenceInSpelling(name, other.name);
        if (difference === null) continue;
        const related = [{ message: `"${other.name}" stands here`, place: other.place }];
        const help = 'rename one of the two, so that nobody writes it for the other';
        return [diagnostic('RW7007', place, { name, other: other.name, difference }, { related, help })];
      }
      return [];
    });
}
