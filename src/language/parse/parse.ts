import type { YAMLError, Document as YamlDocument } from 'yaml';
import { isMap, isScalar, parseAllDocuments } from 'yaml';
import type { Diagnostic, Result } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import type { SourceFile } from '../source.ts';
import { checkCharacters } from './characters.ts';
import { tooDeep } from './depth.ts';
import type { Document } from './document.ts';
import { documentOf } from './locate.ts';
import type { Positions } from './positions.ts';
import { positionsOf } from './positions.ts';
import { checkStrictYaml } from './strict-yaml.ts';
import { syntaxError } from './syntax-error.ts';

/** Parses every file. A file, or a document of a file, that does not parse does not hide the others. */
export function parse(files: readonly SourceFile[]): Result<readonly Document[]> {
  const parsed = files.map(parseFile);
  return [parsed.flatMap(([documents]) => documents), parsed.flatMap(([, diagnostics]) => diagnostics)];
}

function parseFile(file: SourceFile): Result<readonly Document[]> {
  const positions = positionsOf(file);
  const deep = tooDeep(file);
  if (deep !== null) return [[], [deep]];
  // A tab is reported as a character; read as a space of the same width it does not hide what stands after it.
  const yamlDocuments = parseAllDocuments(file.text.replaceAll('\t', ' '), {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    merge: false,
    prettyErrors: false,
    keepSourceTokens: true,
    lineCounter: positions.counter,
  });
  const diagnostics: Diagnostic[] = [...checkCharacters(file, positions)];
  if ('empty' in yamlDocuments) return [[], diagnostics];
  const documents: Document[] = [];
  for (const yaml of yamlDocuments) {
    const problems = problemsOf(yaml, file, positions);
    diagnostics.push(...problems);
    if (problems.some(({ severity }) => severity === 'error')) continue;
    if (isEmpty(yaml)) continue;
    documents.push(documentOf(yaml, file, positions));
  }
  return [documents, diagnostics];
}

function problemsOf(yaml: YamlDocument.Parsed, file: SourceFile, positions: Positions): readonly Diagnostic[] {
  const strict = checkStrictYaml(yaml, file, positions);
  const syntax = [...yaml.errors, ...yaml.warnings].map((error: YAMLError) => syntaxError(error, file, positions));
  if (strict.length > 0 || syntax.length > 0) {
    // What the language forbids is the cause; what YAML says of the same line is only its echo.
    const lines = new Set(strict.map(({ place }) => place?.line));
    return [...strict, ...syntax.filter(({ place }) => !lines.has(place?.line))];
  }
  if (!isEmpty(yaml) && yaml.contents !== null && !isMap(yaml.contents)) {
    const [start, end] = yaml.contents.range;
    const found = 'items' in yaml.contents ? 'a list' : 'a single value';
    const expected = 'a map that begins with apiVersion and kind';
    return [diagnostic('RW1016', positions.place(start, end), { found }, { expected })];
  }
  return [];
}

/** Nothing between two `---` is no document. */
function isEmpty(yaml: YamlDocument.Parsed): boolean {
  return yaml.contents === null || (isScalar(yaml.contents) && yaml.contents.source === '');
}
