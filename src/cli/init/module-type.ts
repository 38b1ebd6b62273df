import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModuleType } from './project-files.ts';

/** As the package.json that is there says; without one, ours says `module`. */
export async function moduleTypeOf(root: string): Promise<ModuleType> {
  try {
    const { type } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly type?: unknown };
    return type === 'module' ? 'module' : 'commonjs';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'module' : 'commonjs';
  }
}
