import type { Code } from '../catalogue.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { hasErrors } from '../diagnostic.ts';
import type { Kind } from '../schema/kinds.ts';
import { kinds } from '../schema/kinds.ts';
import type { Place, SourceFile } from '../source.ts';

/** The codes that say that a name is unknown, each with the kinds of documents that could have declared it. */
const declaredBy: Partial<Record<Code, readonly Kind[]>> = {
  RW2104: ['PermissionCatalog'],
  RW2109: ['Role', 'CustomRole', 'Assignment'],
  RW2110: ['PermissionCatalog'],
  RW2111: ['PermissionCatalog'],
  RW2112: ['AppDirectory'],
  RW2113: ['AppDirectory'],
};

/** A second declaration of a name, and one for an unknown application, counts for nothing: what it declares is missing. */
const misplaced: ReadonlySet<Code> = new Set(['RW2101', 'RW2110', 'RW2114', 'RW2123']);

/**
 * The problems of names and roles, without those that a document which could not be read has caused: a name that is
 * unknown because its document is broken is not misspelt, and saying so would send the author the wrong way. Every other
 * unknown name is told.
 *
 * @param problems what linking and resolving found
 * @param files the files that could be decoded
 * @param reading what decoding, parsing and validating found
 */
export function withoutEchoes(
  problems: readonly Diagnostic[],
  files: readonly SourceFile[],
  reading: readonly Diagnostic[],
): readonly Diagnostic[] {
  const causes = [...reading, ...problems.filter(({ code }) => misplaced.has(code))];
  if (!hasErrors(causes)) return problems;
  const broken = new Set(causes.flatMap(({ severity, place }) => (severity === 'error' ? [place?.file ?? ''] : [])));
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const declarations = [...broken].map((file) => declarationsIn(texts.get(file)));
  const lines = new Map(files.map(({ path, text }) => [path, text.split('\n')]));
  return problems.filter(({ code, place }) => {
    const could = declaredBy[code];
    if (could === undefined || place === null) return true;
    const name = nameIn(lines.get(place.file)?.[place.line - 1] ?? '', place, code);
    return !declarations.some(
      (declared) => declared.kinds.some((kind) => could.includes(kind)) && (declared.names?.has(name) ?? true),
    );
  });
}

/** What a broken file seems to declare: its kinds, all where none is known, and its names, null where it has no text. */
interface Declarations {
  readonly kinds: readonly Kind[];
  readonly names: ReadonlySet<string> | null;
}

function declarationsIn(text: string | undefined): Declarations {
  const all = Object.keys(kinds) as Kind[];
  if (text === undefined) return { kinds: all, names: null };
  const named = [...text.matchAll(/^kind:\s*["']?(\w+)/gmu)].map(([, kind]) => kind as Kind);
  const isKnown = named.length > 0 && named.every((kind) => all.includes(kind));
  const names = [...text.matchAll(/\bname:\s*["']?([a-z0-9-]+)/gu)].map(([, name]) => name ?? '');
  return { kinds: isKnown ? named : all, names: new Set(names) };
}

/** The name that a token uses: `application/name` is that of an application, and of what belongs to it. Levels aside. */
function nameIn(line: string, place: Place, code: Code): string {
  const parts = line
    .slice(place.column - 1, place.endColumn - 1)
    .replace(/["']|:.*$/gu, '')
    .split('/');
  return (code === 'RW2110' ? parts[0] : parts.at(-1)) ?? '';
}
