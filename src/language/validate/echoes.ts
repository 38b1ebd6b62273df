import type { Code } from '../catalogue.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { hasErrors } from '../diagnostic.ts';
import type { Kind } from '../schema/kinds.ts';
import { kinds } from '../schema/kinds.ts';
import type { SourceFile } from '../source.ts';

/** What a missing document of a kind can make look wrong elsewhere. */
const echoesOf: Readonly<Record<Kind, readonly Code[]>> = {
  PermissionCatalog: ['RW2104', 'RW2108', 'RW2110', 'RW2111', 'RW2114', 'RW2117', 'RW3103', 'RW3106'],
  Role: ['RW2109', 'RW2114', 'RW3102', 'RW3103', 'RW3106', 'RW4106'],
  CustomRole: ['RW2109', 'RW2114', 'RW4106'],
  AppDirectory: ['RW2112', 'RW2113', 'RW2114'],
  ProvisioningPolicy: [],
  Environment: ['RW4101'],
};

/**
 * Of the problems of names and roles, those that a document which could not be read cannot have caused: a name that is
 * unknown because its document is broken is not misspelt, and saying so would send the author the wrong way.
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
  if (!hasErrors(reading)) return problems;
  const broken = new Set(reading.filter(({ severity }) => severity === 'error').map(({ place }) => place?.file));
  const texts = new Map(files.map((file) => [file.path, file.text]));
  const missing = new Set([...broken].flatMap((file) => kindsIn(texts.get(file ?? ''))));
  const echoes = new Set([...missing].flatMap((kind) => echoesOf[kind]));
  return problems.filter(({ code }) => !echoes.has(code));
}

/** The kinds that a file names; all of them where it names none that is known. */
function kindsIn(text: string | undefined): readonly Kind[] {
  const all = Object.keys(kinds) as Kind[];
  const named = [...(text ?? '').matchAll(/^kind:\s*["']?(\w+)/gmu)].map(([, kind]) => kind as Kind);
  return named.length === 0 || named.some((kind) => !all.includes(kind)) ? all : named;
}
