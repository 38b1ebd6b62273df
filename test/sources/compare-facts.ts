import type { FlexnetFacts, TitleAlternatives } from './facts.ts';
import type { Application, Role } from './matrix.ts';
import { entryOf } from './matrix.ts';

/** Sentences that name each difference; none when the output is what the source says. */
export type Problems = readonly string[];

/** The facts' own spelling of a title, for any spelling that the source has. */
export const titleReader = (alternatives: TitleAlternatives): ((title: string) => string) => {
  const canonical = new Map(
    Object.entries(alternatives).flatMap(([title, others]) => others.map((other): [string, string] => [other, title])),
  );
  return (title) => canonical.get(title) ?? title;
};

/** Both directions, and a title given twice counts twice. */
export const differences = (what: string, expected: readonly string[], actual: readonly string[]): Problems => {
  const extra = [...actual];
  const missing = expected.filter((title) => {
    const at = extra.indexOf(title);
    if (at >= 0) extra.splice(at, 1);
    return at < 0;
  });
  return [...missing.map((title) => `${what}: missing ${title}`), ...extra.map((title) => `${what}: extra ${title}`)];
};

interface CatalogFacts {
  readonly titleAlternatives: TitleAlternatives;
  readonly sections: ReadonlyArray<{ readonly title: string; readonly permissions: readonly string[] }>;
}

/** The sections by title, the empty ones too, and each section's permissions by title. */
export const compareCatalog = (facts: CatalogFacts, application: Application): Problems => {
  const read = titleReader(facts.titleAlternatives);
  const actual = application.sections.map(({ title, permissions }) => ({
    title: read(title),
    permissions: permissions.map((permission) => read(permission.title)),
  }));
  const permissionsOf = (sections: CatalogFacts['sections']) =>
    sections.flatMap(({ title, permissions }) => permissions.map((permission) => `${title}: ${permission}`));
  const titles = (sections: CatalogFacts['sections']) => sections.map(({ title }) => title);
  return [
    ...differences('sections', titles(facts.sections), titles(actual)),
    ...differences('permissions', permissionsOf(facts.sections), permissionsOf(actual)),
  ];
};

/** The roles of the application, custom ones and all, and nobody else. */
export const compareRoleTitles = (
  titles: readonly string[],
  alternatives: TitleAlternatives,
  roles: readonly Role[],
): Problems => differences('roles', titles, roles.map(({ title }) => title).map(titleReader(alternatives)));

const heldTitles = (application: Application, role: Role, read: (title: string) => string): string[] =>
  role.permissions.map((held) => {
    const { section, permission } = entryOf(application, held);
    return `${read(section)}: ${read(permission.title)}${held.level === null ? '' : ` (${held.level})`}`;
  });

/** One FlexNet role against its table, row for row. */
export const compareRole = (facts: FlexnetFacts, title: string, application: Application): Problems => {
  const read = titleReader(facts.titleAlternatives);
  const role = application.roles.find((candidate) => read(candidate.title) === title);
  if (!role) return [`${title}: missing, the whole role`];
  const expected = Object.entries(facts.roles[title] ?? {}).flatMap(([section, permissions]) =>
    permissions.map((permission) => `${section}: ${permission}`),
  );
  return differences(title, expected, heldTitles(application, role, read));
};

/** What every role of the application holds, by title. */
export const heldByAll = (facts: FlexnetFacts, application: Application): string[] => {
  const read = titleReader(facts.titleAlternatives);
  const [first, ...others] = application.roles.map((role) => new Set(heldTitles(application, role, read)));
  return [...(first ?? [])].filter((title) => others.every((held) => held.has(title)));
};
