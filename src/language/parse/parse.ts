import type { YAMLError, Document as YamlDocument } from 'yaml';
import { isMap, isScalar, parseAllDocuments } from 'yaml';
import type { Code } from '../catalogue.ts';
import type { Diagnostic, Result } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import type { SourceFile } from '../source.ts';
import { checkCharacters } from './characters.ts';
import { tooComplex } from './depth.ts';
import type { Document } from './document.ts';
import { documentOf } from './locate.ts';
import type { Positions } from './positions.ts';
import { positionsOf } from './positions.ts';
import { checkStrictYaml } from './strict-yaml.ts';
import { syntaxError } from './syntax-error.ts';

/** What the language forbids although it is clear what is meant: the document is read on, so that no problem hides another. */
const clear: ReadonlySet<Code> = new Set(['RW1005', 'RW1006', 'RW1011', 'RW1015']);

/** Parses every file. A file, or a document of a file, that does not parse does not hide the others. */
export function parse(files: readonly SourceFile[]): Result<readonly Document[]> {
  const parsed = files.map(parseFile);
  return [parsed.flatMap(([documents]) => documents), parsed.flatMap(([, diagnostics]) => diagnostics)];
}

function parseFile(file: SourceFile): Result<readonly Document[]> {
  const positions = positionsOf(file);
  const complex = tooComplex(file, positions);
  if (complex !== null) return [[], [complex]];
  const characters = checkCharacters(file, positions);
  const tabs = indentingTabs(file);
  // A tab is reported as a character; read as a space of the same width it does not hide what stands after it.
  const yamlDocuments = parseAllDocuments(file.text.replaceAll('\t', ' '), {
    version: '1.2',
    schema: 'core',
    strict: true,
    // A key that stands twice is found in strict-yaml.ts, in time that grows with the keys and not with their square.
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
  });
  if ('empty' in yamlDocuments || yamlDocuments.every((yaml) => isEmpty(yaml) && yaml.errors.length === 0)) {
    const nothing = diagnostic('RW1022', positions.place(0, 1), {}, { help: 'remove the file, or write its document' });
    return [[], [...characters, nothing]];
  }
  const parsed = yamlDocuments.map((yaml): Result<Document | null> => {
    const problems = problemsOf(yaml, file, positions).filter((problem) => !isEchoOfTab(problem, tabs));
    const isClear = yaml.errors.length === 0 && problems.every(({ code }) => clear.has(code));
    return [isClear && !isEmpty(yaml) ? documentOf(yaml, file, positions) : null, problems];
  });
  return [
    parsed.flatMap(([document]) => (document === null ? [] : [document])),
    [...characters, ...parsed.flatMap(([, problems]) => problems)],
  ];
}

function problemsOf(yaml: YamlDocument.Parsed, file: SourceFile, positions: Positions): readonly Diagnostic[] {
  const strict = checkStrictYaml(yaml, file, positions);
  const syntax = [...yaml.errors, ...yaml.warnings].map((error: YAMLError) => syntaxError(error, positions));
  if (strict.length > 0 || syntax.length > 0) return withoutEchoes(strict, syntax);
  if (!isEmpty(yaml) && yaml.contents !== null && !isMap(yaml.contents)) {
    const [start, end] = yaml.contents.range;
    const found = 'items' in yaml.contents ? 'a list' : 'a single value';
    const expected = 'a map that begins with apiVersion and kind';
    return [diagnostic('RW1016', positions.place(start, end), { found }, { expected })];
  }
  return [];
}

/**
 * What the language forbids is the cause, and what YAML says of the same lines only its echo; but of a flow collection
 * both are told, because one without an end cannot be formatted. A list or map in the place of a key is mostly the echo
 * of a line that YAML could not read. Of the errors of YAML in one line, the first counts.
 */
function withoutEchoes(strict: readonly Diagnostic[], syntax: readonly Diagnostic[]): readonly Diagnostic[] {
  const causes = syntax.length === 0 ? strict : strict.filter(({ code }) => code !== 'RW1017');
  const told = new Set(causes.filter(({ code }) => code !== 'RW1005').map(({ place }) => place?.line));
  const first = syntax.filter(({ place }) => {
    const isFirst = !told.has(place?.line);
    told.add(place?.line);
    return isFirst;
  });
  return [...causes, ...first];
}

/** The lines that a tab indents, 1-based. */
function indentingTabs(file: SourceFile): ReadonlySet<number> {
  if (!file.text.includes('\t')) return new Set();
  return new Set(file.text.split('\n').flatMap((line, index) => (/^ *\t/u.test(line) ? [index + 1] : [])));
}

/** What YAML says of a line that a tab indents, or of a line beside it, is said by saying the tab. */
function isEchoOfTab({ code, place }: Diagnostic, tabs: ReadonlySet<number>): boolean {
  return code === 'RW1003' && [-1, 0, 1].some((step) => tabs.has((place?.line ?? 0) + step));
}

/** Nothing between two `---` is no document. */
function isEmpty(yaml: YamlDocument.Parsed): boolean {
  return yaml.contents === null || (isScalar(yaml.contents) && yaml.contents.source === '');
}
