import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFile } from '../language/source.ts';
import type { Host } from './host.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

const folder = '.rolewright';

/** Where the editor's schema lies, from the root of the repository. Ignored by git: the next line of YAML outdates it. */
export const editorSchemaPath = `${folder}/schema.json`;

/** The editor's schema of these files as text; problems in them do not matter, for it helps while one types. */
export async function editorSchemaText(files: readonly SourceFile[]): Promise<string> {
  const [{ editorSchema }, { declared }] = await Promise.all([
    import('../analysis/editor-schema/editor-schema.ts'),
    import('../pipeline.ts'),
  ]);
  return `${JSON.stringify(editorSchema(declared(files)), null, 2)}\n`;
}

/** Whether the file says what the documents say now. */
export async function isEditorSchemaCurrent(host: Host, text: string): Promise<boolean> {
  const written = await readFile(join(host.root, editorSchemaPath), 'utf8').catch(() => null);
  return written === text;
}

/** Writes the file if it is not current. */
export async function writeEditorSchema(host: Host, text: string): Promise<void> {
  if (await isEditorSchemaCurrent(host, text)) return;
  await mkdir(join(host.root, folder), { recursive: true });
  await writeFileAtomically(join(host.root, editorSchemaPath), text);
}
