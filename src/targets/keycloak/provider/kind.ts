import { TenantError } from '../../../stack/tenant-error.ts';
import type { RealmClient } from '../realm-client.ts';
import { statusOf } from '../realm-client.ts';
import type { Directory } from './directory.ts';

/** What a resource is declared with, and what stands in the state: plain JSON. */
export type Properties = Readonly<Record<string, unknown>>;

/** The server that a run of the engine works on. */
export interface Server {
  readonly api: RealmClient;
  readonly directory: Directory;
}

/** How one kind of resource is made, read, changed and deleted. */
export interface Kind {
  /** For people, as are all texts here: what it is for. */
  readonly description: string;
  /** What its id is, by which existing ones are imported. */
  readonly importedBy: string;
  readonly inputs: Readonly<Record<string, PropertySchema>>;
  /** Properties that cannot be changed in place. */
  readonly replacedBy: readonly string[];
  /** Makes it, or takes over what a call of ours without an answer has made. The id is the server's. */
  readonly create: (server: Server, inputs: Properties) => Promise<string>;
  /**
   * What the server holds, in the form of the inputs; null where it is gone. What is known of it, by the state or a declaration, says
   * what is ours where that may stand beside other people's; for an import nothing is known.
   */
  readonly read: (server: Server, id: string, known?: readonly Properties[]) => Promise<Properties | null>;
  /** Sends what differs between the server and the declaration, and nothing else. */
  readonly update: (server: Server, id: string, change: Change) => Promise<void>;
  /** Nothing there any more is well. */
  readonly remove: (server: Server, id: string, held: Properties) => Promise<void>;
}

export interface Change {
  /** As the state has it. */
  readonly before: Properties;
  readonly after: Properties;
}

export type PropertySchema = TextSchema | NumberSchema | ListSchema;

export interface TextSchema {
  readonly type: 'string';
  readonly description: string;
  readonly mayBeEmpty?: true;
  readonly isOptional?: true;
}

export interface NumberSchema {
  readonly type: 'integer';
  readonly description: string;
  readonly least: number;
}

/** A set of objects of texts. */
export interface ListSchema {
  readonly type: 'array';
  readonly description: string;
  /** The type of its entries: the last part of its token, and what its properties are. */
  readonly entry: { readonly name: string; readonly description: string };
  readonly of: Readonly<Record<string, TextSchema>>;
}

/**
 * A path behind `/admin/realms`, each part encoded.
 *
 * @throws Error for a part that would be a step in it, and lead to something else
 */
export function path(...parts: readonly string[]): string {
  const step = parts.find((part) => ['', '.', '..'].includes(part));
  if (step !== undefined) throw new Error(`"${step}" is no name that Keycloak can be asked for`);
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}

export function text(properties: Properties, name: string): string {
  return String(properties[name] ?? '');
}

/** Deleting what is gone already is well. */
export function unlessGone(error: unknown): void {
  if (statusOf(error) !== 404) throw error;
}

export function gone(what: string): TenantError {
  return new TenantError(`404 ${what} is gone`);
}
