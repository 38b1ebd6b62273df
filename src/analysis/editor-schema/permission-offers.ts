import type { JsonSchema } from '../../language/published-schema.ts';
import type { Application, DenialEffects, Permission, Section } from '../../model/definitions.ts';
import { escapeMarkdown, paragraphs, titled } from './markdown.ts';
import type { Offer } from './offers.ts';

/** Every reference to a permission of an application, at each of its levels, with what a person loses without it. */
export function permissionOffers({ sections }: Application): readonly Offer[] {
  return sections.flatMap((section) =>
    section.permissions.flatMap((permission): readonly Offer[] => {
      const { reference, title, levels } = permission;
      if (levels.length === 0)
        return [{ name: reference, markdown: described(title, permission, section, permission) }];
      return levels.map((level) => ({
        name: referenceAt(permission, level.name),
        markdown: described(`${title}: ${level.title}`, permission, section, level),
      }));
    }),
  );
}

/** The permissions of an application without their levels, as `covers` excepts them. */
export function bareOffers({ sections }: Application): readonly Offer[] {
  return sections.flatMap((section) =>
    section.permissions.map(({ reference, title, description }) => ({
      name: reference,
      markdown: titled(title, section.title, description),
    })),
  );
}

/**
 * "all of inventory (17)": a section's lines at once, each permission at its lowest level. The text continues a line
 * that begins with a dash; the editor indents the others like that one.
 */
export function sectionSnippets({ sections }: Application): readonly JsonSchema[] {
  return sections
    .filter(({ permissions }) => permissions.length > 0)
    .map(({ name, permissions }) => ({
      label: `all of ${name} (${permissions.length})`,
      description: 'One line for each permission of the section, at its lowest level.',
      body: permissions.map((permission) => referenceAt(permission, permission.levels[0]?.name)).join('\n- '),
    }));
}

interface Loss {
  readonly sensitive: boolean;
  readonly whenDenied: DenialEffects | null;
}

function described(title: string, permission: Permission, section: Section, { sensitive, whenDenied }: Loss): string {
  const aside = sensitive ? `${section.title}, sensitive` : section.title;
  return paragraphs(
    titled(title, aside, permission.description),
    whenDenied === null ? 'Nothing is documented of what is lost without it.' : null,
    whenDenied?.undocumented ? `Undocumented: ${escapeMarkdown(whenDenied.undocumented)}` : null,
    list('Without it, hidden', whenDenied?.hidden),
    list('Without it, refused', whenDenied?.refused),
    list('What remains', whenDenied?.remains),
  );
}

function list(heading: string, entries: readonly string[] = []): string | null {
  return entries.length === 0
    ? null
    : [`${heading}:`, ...entries.map((entry) => `- ${escapeMarkdown(entry)}`)].join('\n');
}

function referenceAt({ reference }: Permission, level: string | undefined): string {
  return level === undefined ? reference : `${reference}:${level}`;
}
