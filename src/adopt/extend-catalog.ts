import type { SourceFile } from '../language/source.ts';
import type { TypedDocument } from '../language/validate/typed-document.ts';
import type { PermissionDraft } from './catalog-draft.ts';
import { permissionLines, sectionLines } from './catalog-draft.ts';
import type { LineEdit } from './line-edits.ts';
import { dashColumn, lastLineOf } from './line-edits.ts';
import { indented } from './yaml-lines.ts';

/**
 * The edits that add permissions to a catalog: at the end of their sections, and sections of their own at the end of all.
 *
 * @param restriction whether each must say that a restriction narrows it
 */
export function catalogEdits(
  { document, value }: TypedDocument<'PermissionCatalog'>,
  { text }: SourceFile,
  drafts: readonly PermissionDraft[],
  restriction: boolean,
): readonly LineEdit[] {
  const { sections } = value.spec;
  const known = new Set(sections.map(({ name }) => name));
  const margin = dashColumn(document, text, ['spec', 'sections']) ?? 4;
  const inSections = sections.flatMap((section, index): LineEdit[] => {
    const own = drafts.filter((draft) => draft.section === section.name);
    if (own.length === 0) return [];
    const path = ['spec', 'sections', index, 'permissions'];
    const says = restriction && section.restrictedBy === undefined;
    const lines = own.flatMap((draft) => permissionLines(draft, says));
    if (section.permissions.length === 0) {
      // `permissions: []`, on a line of its own.
      const { line, column } = document.locate(path, 'key');
      const heading = `${' '.repeat(column - 1)}permissions:`;
      const endLine = document.locate(path).endLine;
      return [{ below: line - 1, remove: endLine - line + 1, insert: [heading, ...indented(lines, column + 1)] }];
    }
    const dash = dashColumn(document, text, path) ?? margin + 4;
    return [{ below: lastLineOf(document, path), remove: 0, insert: indented(lines, dash) }];
  });
  const others = drafts.filter(({ section }) => !known.has(section));
  if (others.length === 0) return inSections;
  const lines = indented(sectionLines(others, restriction), margin);
  return [...inSections, { below: lastLineOf(document, ['spec', 'sections']), remove: 0, insert: lines }];
}
