import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileDigests } from '../../analysis/diff/file-digests.ts';
import type { FileTree } from '../../language/file-tree.ts';
import { filesOnDisk } from '../../language/file-tree.ts';
import type { SourceFile } from '../../language/source.ts';
import type { Clone } from '../../revisions/clone.ts';
import { revisionFiles } from '../../revisions/revision-files.ts';
import { workingFiles } from '../../revisions/working-files.ts';

/** At the root of the clone, whatever folder of it our repository is. */
const ofTheClone = ['.github', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** In our repository. */
const ofTheRepository = ['policy'];

/** No workflow is longer; of a longer file it is enough to know how long it is. */
const largest = 2 * 1024 * 1024;

/** The digests of the files that judge a change, as a revision has them. */
export async function revisionDigests(
  clone: Clone,
  commit: string,
  settings: readonly SourceFile[],
): Promise<FileDigests> {
  const tree = await revisionFiles({ ...clone, prefix: '' }, commit);
  const found = await Promise.all(pathsOf(clone).map((path) => filesBelow(tree, path)));
  return digestsOf(clone, tree, found.flat(), settings);
}

/** The digests of the files that judge a change, as the working tree has them; ignored ones judge nothing. */
export async function workingDigests(clone: Clone, settings: readonly SourceFile[]): Promise<FileDigests> {
  const top = `${clone.git.folder}/${clone.wayUp}`;
  const onDisk = filesOnDisk(top);
  const isLink = async (path: string) => (await lstat(join(top, path)).catch(() => null))?.isSymbolicLink() === true;
  const tree: Pick<FileTree, 'read'> = {
    read: async (path, limit) => ((await isLink(path)) ? { unreadable: 'link' } : onDisk.read(path, limit)),
  };
  return digestsOf(clone, tree, await workingFiles(clone, pathsOf(clone)), settings);
}

function pathsOf({ prefix }: Clone): readonly string[] {
  return [...ofTheClone, ...ofTheRepository.map((path) => prefix + path)];
}

async function filesBelow(tree: FileTree, path: string): Promise<readonly string[]> {
  const listing = await tree.list(path);
  // What is no folder is a file, or nothing; reading it will tell.
  if ('unreadable' in listing) return [path];
  const below = await Promise.all(
    listing.entries.map(({ name, kind }) =>
      kind === 'folder' ? filesBelow(tree, `${path}/${name}`) : [`${path}/${name}`],
    ),
  );
  return below.flat();
}

async function digestsOf(
  { prefix }: Clone,
  tree: Pick<FileTree, 'read'>,
  paths: readonly string[],
  settings: readonly SourceFile[],
): Promise<FileDigests> {
  const digests = await Promise.all(
    paths.map(async (path) => [ours(path, prefix), await digestAt(tree, path)] as const),
  );
  return new Map([
    ...digests.flatMap(([path, digest]) => (digest === null ? [] : [[path, digest] as const])),
    ...settings.map(({ path, text }) => [path, digest(text)] as const),
  ]);
}

/** What belongs to our repository is named as seen from its root. */
function ours(path: string, prefix: string): string {
  const isOurs = ofTheRepository.some((own) => path.startsWith(`${prefix}${own}/`));
  return isOurs ? path.slice(prefix.length) : path;
}

/** null: there is no such file. A link is not followed on either side, so it is the same wherever it leads. */
async function digestAt(tree: Pick<FileTree, 'read'>, path: string): Promise<string | null> {
  const found = await tree.read(path, largest);
  if ('bytes' in found) return digest(Buffer.from(found.bytes).toString('latin1'));
  if ('tooLarge' in found) return `${found.tooLarge} bytes`;
  return found.unreadable === 'ENOENT' ? null : 'not read';
}

/** The same whichever line ends a checkout has made. */
function digest(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}
