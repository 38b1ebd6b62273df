import type { Provider } from '@pulumi/pulumi/provider/index.js';
import type { RealmClient } from '../realm-client.ts';
import { packageName } from '../resource-types.ts';
import { checkInputs } from './check-inputs.ts';
import { openDirectory } from './directory.ts';
import type { Kind, Properties, Server } from './kind.ts';
import { kinds } from './kinds.ts';
import { packageSchema } from './package-schema.ts';

/**
 * The Keycloak resources as a provider of the engine: each verb of the engine is one of a `Kind`. What a failed update has left
 * is read back and handed to the engine, so that the next run begins with what is there and not with what was meant.
 *
 * @param connect called once, at the first call that needs the server
 * @param cancel what the engine calls when it is told to stop
 */
export function keycloakProvider(connect: () => RealmClient, version: string, cancel: () => void): Provider {
  let opened: Server | null = null;
  const server = (): Server => {
    if (opened === null) {
      const api = connect();
      opened = { api, directory: openDirectory(api) };
    }
    return opened;
  };
  return {
    version,
    getSchema: async () => JSON.stringify(packageSchema(version)),

    check: async (urn, olds: Properties, news: Properties) => {
      const { inputs } = kindOf(urn);
      return { inputs: only(inputs, news), failures: [...checkInputs(inputs, { before: olds, after: news })] };
    },

    diff: async (_id, urn, olds: Properties, news: Properties) => {
      const { inputs, replacedBy } = kindOf(urn);
      const changed = Object.keys(inputs).filter((property) => !isSame(olds[property], news[property]));
      return { changes: changed.length > 0, replaces: changed.filter((property) => replacedBy.includes(property)) };
    },

    create: (urn, news: Properties) =>
      inWords(async () => {
        const kind = kindOf(urn);
        const id = await kind.create(server(), news);
        return { id, outs: only(kind.inputs, news) };
      }),

    read: (id, urn, state: Properties = {}) =>
      inWords(async () => {
        const held = await kindOf(urn).read(server(), id, ...(isKnown(state) ? [[state]] : []));
        return held === null ? { id: '', props: {} } : { id, props: held, inputs: held };
      }),

    update: (id, urn, before: Properties, after: Properties) =>
      inWords(async () => {
        const kind = kindOf(urn);
        try {
          await kind.update(server(), id, { before, after });
        } catch (error) {
          const properties = (await kind.read(server(), id, [before, after]).catch(() => null)) ?? before;
          const { message } = error as Error;
          throw Object.assign(new Error(message), { id, properties, reasons: [message] });
        }
        return { outs: only(kind.inputs, after) };
      }),

    delete: (id, urn, held: Properties) => inWords(() => kindOf(urn).remove(server(), id, held)),

    cancel: async () => cancel(),
  };
}

/** Failures without a stack, which the engine's package would print to whoever runs a program: they come from the server. */
async function inWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw Object.assign(error as Error, { stack: '' });
  }
}

/** @throws Error for a type that is not of this package */
function kindOf(urn: string): Kind {
  // urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>
  const type = urn.split('::')[2]?.split('$').at(-1) ?? '';
  const kind = type.startsWith(`${packageName}:index:`) ? kinds[type.slice(type.lastIndexOf(':') + 1)] : undefined;
  if (kind === undefined) throw new Error(`${type} is no resource of ${packageName}`);
  return kind;
}

/** Of what it imports, the engine knows nothing. */
function isKnown(state: Properties): boolean {
  return Object.keys(state).length > 0;
}

/** The engine's package fails on what is undefined. */
function only(inputs: Kind['inputs'], properties: Properties): Properties {
  const held = Object.keys(inputs).filter((property) => properties[property] !== undefined);
  return Object.fromEntries(held.map((property) => [property, properties[property]]));
}

/** Lists are sets: what order they are in says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  const canonical = (value: unknown) =>
    JSON.stringify(Array.isArray(value) ? value.map((entry) => JSON.stringify(sorted(entry))).sort() : value);
  return canonical(a) === canonical(b);
}

function sorted(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  return Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1));
}
