import type { JsonSchema } from '../../language/published-schema.ts';
import { implies } from '../../language/published-schema.ts';
import type { Application, DenialEffects, Permission, Section } from '../../model/definitions.ts';

/** One entry of `grants`: the references of an application, each with what a person loses without it, for the hover. */
export function permissionItem(application: Application): JsonSchema {
  const offered = application.sections.flatMap((section) =>
    section.permissions.flatMap((permission) => offersOf(section, permission)),
  );
  if (offered.length === 0) return {};
  return {
    enum: offered.map(({ reference }) => reference),
    errorMessage: `No permission of ${application.title} is written so.`,
    allOf: offered.map(({ reference, markdown }) => implies({ const: reference }, { markdownDescription: markdown })),
  };
}

/** "all of inventory (17)": a section's lines at once, each at its lowest level. */
export function sectionSnippets(application: Application): readonly JsonSchema[] {
  return application.sections
    .filter(({ permissions }) => permissions.length > 0)
    .map(({ name, permissions }) => ({
      label: `all of ${name} (${permissions.length})`,
      description: 'One line for each permission of the section, at its lowest level.',
      body: permissions.map((permission) => referenceAt(permission, permission.levels[0]?.name)),
    }));
}

function offersOf(section: Section, permission: Permission): readonly { reference: string; markdown: string }[] {
  if (permission.levels.length === 0) {
    const markdown = describe(`${permission.title} (${section.title})`, permission.sensitive, permission.whenDenied);
    return [{ reference: permission.reference, markdown }];
  }
  return permission.levels.map((level) => ({
    reference: referenceAt(permission, level.name),
    markdown: describe(`${permission.title}: ${level.title} (${section.title})`, level.sensitive, level.whenDenied),
  }));
}

function referenceAt(permission: Permission, level: string | undefined): string {
  return level === undefined ? permission.reference : `${permission.reference}:${level}`;
}

function describe(title: string, sensitive: boolean, effects: DenialEffects | null): string {
  const lines = (heading: string, entries: readonly string[]) =>
    entries.length === 0 ? [] : [`${heading}:`, ...entries.map((entry) => `- ${escapeMarkdown(entry)}`), ''];
  return [
    `**${escapeMarkdown(title)}**${sensitive ? ' — sensitive' : ''}`,
    '',
    ...(effects === null ? ['Nothing is documented of what is lost without it.'] : []),
    ...(effects?.undocumented ? [`Undocumented: ${escapeMarkdown(effects.undocumented)}`] : []),
    ...lines('Without it, hidden', effects?.hidden ?? []),
    ...lines('Without it, refused', effects?.refused ?? []),
    ...lines('What remains', effects?.remains ?? []),
  ]
    .join('\n')
    .trimEnd();
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+\-.!|&]/gu, '\\$&');
}
