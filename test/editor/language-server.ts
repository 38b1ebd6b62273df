import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { converse } from './json-rpc.ts';

const entry = fileURLToPath(
  new URL('../../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
);

/** A place in a document, counted from 0 as the protocol counts. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Diagnostic {
  readonly range: Range;
  readonly message: string;
}

export interface Completion {
  readonly label: string;
  /** 10: a key. */
  readonly kind: number;
  readonly documentation?: string | { readonly value: string };
  readonly textEdit?: { readonly range: Range; readonly newText: string };
}

/** The real yaml-language-server on a workspace, as an editor talks to it. */
export interface LanguageServer {
  /** Opens a document, which must be new. Resolves to what the server finds in it. */
  readonly open: (path: string, text: string) => Promise<readonly Diagnostic[]>;
  readonly complete: (path: string, position: Position) => Promise<readonly Completion[]>;
  /** The markdown of the hover; empty where there is none. */
  readonly hover: (path: string, position: Position) => Promise<string>;
  readonly stop: () => void;
}

/**
 * Starts the server with these settings of `yaml`. It is ready as soon as it finds an error in a document that has one:
 * before it has read its settings it finds nothing in any.
 */
export async function startLanguageServer(
  root: string,
  settings: object,
  broken: { readonly path: string; readonly text: string },
): Promise<LanguageServer> {
  const child = spawn(process.execPath, [entry, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const published = new Map<string, (found: readonly Diagnostic[]) => void>();
  const server = converse(child.stdout, child.stdin, (method, params) => {
    if (method === 'workspace/configuration') {
      const { items } = params as { readonly items: readonly { readonly section: string }[] };
      return items.map(({ section }) => (section === 'yaml' ? settings : null));
    }
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { readonly uri: string; readonly diagnostics: readonly Diagnostic[] };
      published.get(uri)?.(diagnostics);
    }
    return null;
  });
  const uriOf = (path: string) => pathToFileURL(join(root, path)).href;
  const didOpen = (path: string, text: string, listener: (found: readonly Diagnostic[]) => void) => {
    published.set(uriOf(path), listener);
    const textDocument = { uri: uriOf(path), languageId: 'yaml', version: 1, text };
    server.notify('textDocument/didOpen', { textDocument });
  };
  const ask = (method: string, path: string, position: Position) =>
    server.request(`textDocument/${method}`, { textDocument: { uri: uriOf(path) }, position });

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
  await new Promise<void>((ready) => {
    didOpen(broken.path, broken.text, (found) => {
      if (found.length > 0) ready();
    });
  });
  return {
    open: (path, text) => new Promise((resolve) => didOpen(path, text, resolve)),
    complete: async (path, position) =>
      ((await ask('completion', path, position)) as { readonly items: readonly Completion[] }).items,
    hover: async (path, position) =>
      ((await ask('hover', path, position)) as { readonly contents: { readonly value: string } } | null)?.contents
        .value ?? '',
    stop: () => child.kill(),
  };
}
