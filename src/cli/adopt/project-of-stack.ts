import type { EnvironmentDraft } from '../../adopt/documents.ts';
import type { SourceFile } from '../../language/source.ts';
import type { Host } from '../host.ts';
import { existing } from '../init/lay-out.ts';
import { moduleTypeOf } from '../init/module-type.ts';
import { pulumiFiles } from '../init/project-files.ts';

const projects = ['Pulumi.yaml', 'Pulumi.yml', 'Pulumi.json'];

/** The files of a Pulumi project for a stack, where the folder is none yet; those that are there stay as they are. */
export async function projectOfStack(
  host: Host,
  { name, target, tenant }: EnvironmentDraft,
): Promise<readonly SourceFile[]> {
  if ((await existing(host.root, projects)).length > 0) return [];
  const files = pulumiFiles('tenant', tenant, target, await moduleTypeOf(host.root), name);
  const kept = await existing(
    host.root,
    files.map(({ path }) => path),
  );
  return files.filter(({ path }) => !kept.includes(path));
}
