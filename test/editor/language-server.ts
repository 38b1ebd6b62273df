import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { converse } from './json-rpc.ts';

const entry = fileURLToPath(new URL('../../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url));

/** A place in a document, counted from 0 as the protocol counts. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Diagnostic {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
  readonly source?: string;
}

export interface Completion {
  readonly label: string;
  readonly insertText?: string;
  readonly documentation?: string | { readonly value: string };
  readonly textEdit?: { readonly range: { readonly start: Position; readonly end: Position }; readonly newText: string };
}

/** The real yaml-language-server on a workspace, as an editor talks to it. */
export interface LanguageServer {
  /** Opens a file with this text; once it is open, the text is changed. Resolves to what the server finds in it. */
  readonly check: (path: string, text: string) => Promise<readonly Diagnostic[]>;
  readonly complete: (path: string, at: Position) => Promise<readonly Completion[]>;
  /** The markdown of the hover; empty where there is none. */
  readonly hover: (path: string, at: Position) => Promise<string>;
  readonly stop: () => void;
}

/**
 * Starts the server as `init` sets up an editor: nothing but `yaml.schemas`, and here no catalogue of schemas from the
 * network.
 */
export async function startLanguageServer(root: string, schemas: Readonly<Record<string, unknown>>): Promise<LanguageServer> {
  const child = spawn(process.execPath, [entry, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const settings = { schemas, schemaStore: { enable: false }, kubernetesCRDStore: { enable: false } };
  const waiting = new Map<string, (found: readonly Diagnostic[]) => void>();
  const versions = new Map<string, number>();
  const server = converse(child.stdout, child.stdin, (method, params) => {
    if (method === 'workspace/configuration') {
      const { items } = params as { readonly items: readonly { readonly section: string }[] };
      return items.map(({ section }) => (section === 'yaml' ? settings : null));
    }
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { readonly uri: string; readonly diagnostics: readonly Diagnostic[] };
      waiting.get(uri)?.(diagnostics);
    }
    return null;
  });
  const uriOf = (path: string) => pathToFileURL(join(root, path)).href;
  const rootUri = pathToFileURL(root).href;
  await server.request('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'workspace' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: {
        completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
        hover: { contentFormat: ['markdown'] },
      },
    },
  });
  server.notify('initialized', {});
  return {
    check: (path, text) => {
      const uri = uriOf(path);
      const version = (versions.get(uri) ?? 0) + 1;
      versions.set(uri, version);
      const { promise, resolve } = Promise.withResolvers<readonly Diagnostic[]>();
      waiting.set(uri, resolve);
      if (version === 1) {
        server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text } });
      } else {
        server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
      }
      return promise;
    },
    complete: async (path, position) => {
      const answer = await server.request('textDocument/completion', { textDocument: { uri: uriOf(path) }, position });
      return (answer as { readonly items: readonly Completion[] }).items;
    },
    hover: async (path, position) => {
      const answer = await server.request('textDocument/hover', { textDocument: { uri: uriOf(path) }, position });
      return (answer as { readonly contents: { readonly value: string } } | null)?.contents.value ?? '';
    },
    stop: () => child.kill(),
  };
}
