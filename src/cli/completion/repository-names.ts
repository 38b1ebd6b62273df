import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlainMap, PlainValue } from '../../language/parse/document.ts';
import type { Kind } from '../../language/schema/kinds.ts';
import type { SourceFile } from '../../language/source.ts';
import type { NameWanted, Suggestion } from './command-words.ts';

/** Where a name is asked for. */
export interface Question {
  readonly what: NameWanted;
  readonly verb: string;
  /** What stands before it on the command line, behind the verb. */
  readonly before: readonly string[];
}

/**
 * Names that the documents of a repository declare, read from them as they are: nobody waits for a check while typing,
 * so only the files that can declare such a name are parsed, and nothing is resolved.
 */
export async function repositoryNames(root: string, question: Question): Promise<readonly Suggestion[]> {
  if (question.what === 'revision') return revisions(root);
  if (question.what === 'gate') return gates(question.verb);
  const kinds = kindsOf(question);
  const files = (await filesOf(root)).filter(({ text }) =>
    kinds.some((kind) => new RegExp(`^kind: *${kind}\\b`, 'mu').test(text)),
  );
  const { parse } = await import('../../language/parse/parse.ts');
  const [documents] = parse(files);
  const declared = documents.flatMap(({ value }) => (kinds.some((kind) => value.kind === kind) ? [value] : []));
  return declared.flatMap((document) => namesIn(document, question));
}

/** Branches and tags; where there is no git, there are none. */
async function revisions(root: string): Promise<readonly Suggestion[]> {
  const [{ openClone }, { revisionNames }] = await Promise.all([
    import('../../revisions/clone.ts'),
    import('../../revisions/resolve-revision.ts'),
  ]);
  const [clone] = await openClone(root, process.env);
  const names = clone === null ? [] : await revisionNames(clone);
  clone?.close();
  return names.map((value) => ({ value, description: '' }));
}

/** Plans have gates of their own; those are in the help of their verbs. */
async function gates(verb: string): Promise<readonly Suggestion[]> {
  if (verb !== 'diff') return [];
  const { gateForms } = await import('../../analysis/diff/gate.ts');
  return gateForms.map((value) => ({ value, description: '' }));
}

function kindsOf({ what, verb }: Question): readonly Kind[] {
  switch (what) {
    case 'role':
      return ['explain', 'history', 'show'].includes(verb)
        ? ['Role', 'CustomRole', 'Assignment']
        : ['Role', 'CustomRole'];
    case 'permission':
    case 'application':
      return ['PermissionCatalog'];
    case 'app':
      return ['AppDirectory'];
    case 'stack':
      return ['Environment'];
    default:
      return [];
  }
}

function namesIn(document: PlainMap, { what, before }: Question): readonly Suggestion[] {
  const metadata = mapAt(document, 'metadata');
  const spec = mapAt(document, 'spec');
  const own = textAt(metadata, 'name');
  const application = textAt(metadata, 'application');
  const named = (value: string, from: PlainMap): Suggestion => ({
    value,
    description: textAt(from, 'title') || textAt(from, 'description'),
  });
  switch (what) {
    case 'role':
      return [named(`${application}/${own}`, metadata)];
    case 'app':
      return listAt(spec, 'apps').map((app) => named(`${application}/${textAt(app, 'name')}`, app));
    case 'application':
    case 'stack':
      return [named(own, metadata)];
    case 'permission':
      // Behind a role, only its own application's permissions make sense.
      return before.some((word) => word.includes('/') && !word.startsWith(`${own}/`)) ? [] : permissionsOf(own, spec);
    default:
      return [];
  }
}

function permissionsOf(application: string, spec: PlainMap): readonly Suggestion[] {
  return listAt(spec, 'sections').flatMap((section) =>
    listAt(section, 'permissions').flatMap((permission): readonly Suggestion[] => {
      const reference = `${application}/${textAt(section, 'name')}/${textAt(permission, 'name')}`;
      const title = textAt(permission, 'title');
      const levels = listAt(permission, 'levels');
      if (levels.length === 0) return [{ value: reference, description: title }];
      return levels.map((level) => ({ value: `${reference}:${textAt(level, 'name')}`, description: title }));
    }),
  );
}

/** The settings say where the documents lie; reading them takes a while, so only if there are any. */
async function filesOf(root: string): Promise<readonly SourceFile[]> {
  const hasSettings = await access(join(root, 'rolewright.config.yaml')).then(
    () => true,
    () => false,
  );
  if (hasSettings) return (await (await import('../../language/load-repository.ts')).loadRepository(root)).files;
  return (await (await import('../../language/load.ts')).loadSources(root))[0];
}

function mapAt(map: PlainMap, key: string): PlainMap {
  const value: PlainValue = map[key] ?? null;
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as PlainMap) : {};
}

function listAt(map: PlainMap, key: string): readonly PlainMap[] {
  const value: PlainValue = map[key] ?? null;
  return Array.isArray(value) ? value.map((_, index) => mapAt(value as unknown as PlainMap, String(index))) : [];
}

function textAt(map: PlainMap, key: string): string {
  const value = map[key];
  return typeof value === 'string' ? value : '';
}
