import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Holdings } from '../../analysis/history/holdings.ts';
import type { Host } from '../host.ts';
import { writeFileAtomically } from '../write-file-atomically.ts';

/** Counted up whenever what is kept, or what it means, becomes something else within one version of the product. */
const format = 1;

/** What everybody holds at a revision, kept by what the revision's documents are. */
export interface HoldingsCache {
  /** undefined: not kept, or not readable; null: the documents mean nothing. */
  readonly read: (key: string) => Promise<Holdings | null | undefined>;
  readonly write: (key: string, holdings: Holdings | null) => Promise<void>;
}

/** Keeps nothing. */
export const noCache: HoldingsCache = { read: async () => undefined, write: async () => undefined };

/**
 * The cache of this user: `$XDG_CACHE_HOME/rolewright/history`, else below `~/.cache`. It may be removed at any time, and
 * what is damaged in it is not believed. Where it cannot be written, every run reads the past anew.
 */
export function holdingsCache(env: Host['env']): HoldingsCache {
  const home = env.XDG_CACHE_HOME;
  const base = home !== undefined && isAbsolute(home) ? home : join(env.HOME || homedir(), '.cache');
  const folder = join(base, 'rolewright', 'history', digest(`${packageJson.version} ${format}`).slice(0, 16));
  return {
    read: async (key) => {
      try {
        return contentOf(await readFile(join(folder, nameOf(key)), 'utf8'), key);
      } catch {
        return undefined;
      }
    },
    write: async (key, holdings) => {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFileAtomically(join(folder, nameOf(key)), fileOf(key, holdings));
      } catch {
        // A cache is no reason to fail.
      }
    },
  };
}

/** The first line is the digest of the second, which says whose holdings it has. */
function fileOf(key: string, holdings: Holdings | null): string {
  const content = JSON.stringify({ key, holdings });
  return `${digest(content)}\n${content}\n`;
}

function contentOf(text: string, key: string): Holdings | null | undefined {
  const [sum, content = ''] = text.split('\n', 2);
  if (sum !== digest(content)) return undefined;
  const kept = JSON.parse(content) as { readonly key: string; readonly holdings: Holdings | null };
  return kept.key === key ? kept.holdings : undefined;
}

function nameOf(key: string): string {
  return `${digest(key).slice(0, 32)}.json`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
