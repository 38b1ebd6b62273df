import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { editorSettings } from '../../src/cli/init/project-files.ts';
import { runRolewright } from '../cli/run-rolewright.ts';
import type { Completion, Diagnostic, Position } from './language-server.ts';
import { startLanguageServer } from './language-server.ts';

/** The settings that `init` writes for an editor. */
const { 'yaml.schemas': schemas } = JSON.parse(editorSettings) as { readonly 'yaml.schemas': object };

/** What the editor says of a document that is not there yet. */
export interface Editor {
  /** The problems, as "line:column message", counted from 1. */
  readonly problems: (text: string) => Promise<readonly string[]>;
  /** What is offered at the bar `|` of the text. */
  readonly offers: (text: string) => Promise<readonly Completion[]>;
  /** The hover at the bar. */
  readonly hover: (text: string) => Promise<string>;
  /** The text once an offer is taken at its bar, the lines of the offer indented like the first, as editors do. */
  readonly take: (text: string, label: string) => Promise<string>;
  readonly stop: () => void;
}

/** An editor on a copy of this repository's roles, with the schema that `rolewright schema` has written there. */
export async function startEditor(): Promise<Editor> {
  const root = mkdtempSync(join(tmpdir(), 'rolewright-editor-'));
  cpSync(fileURLToPath(new URL('../../roles', import.meta.url)), join(root, 'roles'), { recursive: true });
  const { code, stderr } = await runRolewright(['schema'], { cwd: root });
  if (code !== 0) throw new Error(stderr);
  // Nothing is fetched from the network in a test.
  const settings = { schemas, schemaStore: { enable: false }, kubernetesCRDStore: { enable: false } };
  const broken = { path: 'roles/broken.yaml', text: 'kind: 1\n' };
  const server = await startLanguageServer(root, settings, broken);
  let count = 0;
  const newPath = () => `roles/new-${++count}.yaml`;
  const openAtBar = (marked: string): { readonly path: string; readonly position: Position } => {
    const path = newPath();
    const before = marked.slice(0, marked.indexOf('|')).split('\n');
    void server.open(path, marked.replace('|', ''));
    return { path, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
  };
  const offers = (marked: string) => {
    const { path, position } = openAtBar(marked);
    return server.complete(path, position);
  };
  return {
    problems: async (text) => (await server.open(newPath(), text)).map(problemText),
    offers,
    hover: (marked) => {
      const { path, position } = openAtBar(marked);
      return server.hover(path, position);
    },
    take: async (marked, label) => {
      const edit = (await offers(marked)).find((offer) => offer.label === label)?.textEdit;
      if (edit === undefined) throw new Error(`"${label}" is not offered`);
      const lines = marked.replace('|', '').split('\n');
      const line = lines[edit.range.start.line] ?? '';
      const indented = edit.newText.replaceAll('\n', `\n${/^ */u.exec(line)?.[0]}`);
      lines[edit.range.start.line] =
        line.slice(0, edit.range.start.character) + indented + line.slice(edit.range.end.character);
      return lines.join('\n');
    },
    stop: server.stop,
  };
}

function problemText({ range, message }: Diagnostic): string {
  return `${range.start.line + 1}:${range.start.character + 1} ${message}`;
}
