import { gitFailure } from './git.ts';
import type { ObjectReader } from './object-reader.ts';

/** What stands in a tree of git: a folder, a file, a link, or the commit of a submodule. */
export interface TreeEntry {
  readonly name: string;
  readonly kind: 'folder' | 'file' | 'link' | 'submodule';
  readonly id: string;
}

/** Reads trees; each is parsed once. */
export interface TreeReader {
  /** The entries of a tree, or null where this clone has no such tree. */
  readonly entries: (tree: string) => Promise<readonly TreeEntry[] | null>;
  /**
   * What stands at a path below a tree, `""` the tree itself; null: nothing. A link or a submodule on the way is what is
   * found. A `GitFailure` where this clone has not every tree on the way.
   */
  readonly find: (tree: string, path: string) => Promise<TreeEntry | null>;
}

/** Trees that are kept; the folders of a repository are fewer, and those of a large one around it come and go. */
const most = 4096;

/** A reader of trees over a reader of objects. */
export function openTrees(objects: ObjectReader): TreeReader {
  const known = new Map<string, Promise<readonly TreeEntry[] | null>>();
  const entries = (tree: string) => {
    const before = known.get(tree);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const reading = objects.read(tree).then((bytes) => (bytes === null ? null : parseTree(bytes, tree.length / 2)));
    known.set(tree, reading);
    return reading;
  };
  return {
    entries,
    find: async (tree, path) => {
      let found: TreeEntry = { name: '', kind: 'folder', id: tree };
      for (const name of path.split('/').filter((part) => part !== '')) {
        if (found.kind === 'link' || found.kind === 'submodule') return found;
        if (found.kind === 'file') return null;
        const below = await entries(found.id);
        // Not to know what stands there is not to know that nothing does.
        if (below === null) throw gitFailure(`it has no tree ${found.id}`);
        const next: TreeEntry | undefined = below.find((entry) => entry.name === name);
        if (next === undefined) return null;
        found = next;
      }
      return found;
    },
  };
}

/** The entries of a tree object: mode, name and id of each, one behind the other. */
export function parseTree(bytes: Buffer, idLength: number): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const nul = bytes.indexOf(0x00, space);
    const mode = bytes.toString('latin1', at, space);
    const name = bytes.toString('utf8', space + 1, nul);
    entries.push({ name, kind: kindOf(mode), id: bytes.toString('hex', nul + 1, nul + 1 + idLength) });
    at = nul + 1 + idLength;
  }
  return entries;
}

function kindOf(mode: string): TreeEntry['kind'] {
  if (mode === '40000') return 'folder';
  if (mode === '120000') return 'link';
  return mode === '160000' ? 'submodule' : 'file';
}
