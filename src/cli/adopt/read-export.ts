import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { Result } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { SourceFile } from '../../language/source.ts';
import { byCodePoint } from '../../language/source.ts';
import type { ObservedState } from '../../model/observed-state.ts';
import type { DeployCliExport } from '../../targets/auth0/read-deploy-cli.ts';
import type { Host } from '../host.ts';

/** Reads an export of auth0-deploy-cli: its `tenant.yaml`, or the folder that it wrote. */
export async function readExport(host: Host, path: string, tenant: string): Promise<Result<ObservedState | null>> {
  const { readDeployCli } = await import('../../targets/auth0/read-deploy-cli.ts');
  host.progress.tell(`Reading ${path}`);
  try {
    return readDeployCli(await filesOf(host.root, resolve(host.root, path)), tenant);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file or folder' : message;
    return [null, [diagnostic('RW6923', null, { path, reason })]];
  }
}

async function filesOf(root: string, path: string): Promise<DeployCliExport> {
  if ((await stat(path)).isFile()) return { tenantFile: await read(root, path), apiFiles: [], roleFiles: [] };
  const tenantFile = (await readdir(path)).find((name) => /^tenant\.ya?ml$/u.test(name));
  if (tenantFile !== undefined) return filesOf(root, join(path, tenantFile));
  const apiFiles = await jsonFiles(root, join(path, 'resource-servers'));
  const roleFiles = await jsonFiles(root, join(path, 'roles'));
  if (apiFiles.length + roleFiles.length === 0) {
    throw new Error('it has no tenant.yaml, and no folders resource-servers and roles');
  }
  return { tenantFile: null, apiFiles, roleFiles };
}

async function jsonFiles(root: string, folder: string): Promise<readonly SourceFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const wanted = names.filter((name) => name.endsWith('.json')).sort(byCodePoint);
  return Promise.all(wanted.map((name) => read(root, join(folder, name))));
}

async function read(root: string, path: string): Promise<SourceFile> {
  return { path: relative(root, path) || basename(path), text: await readFile(path, 'utf8') };
}
