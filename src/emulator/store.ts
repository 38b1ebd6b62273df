import type { Action, ActionVersion } from './actions.ts';
import type { Organization } from './organizations.ts';
import type { Binding } from './trigger-bindings.ts';

/** What a tenant holds, in memory; a journal, if there is one, is told of every change and gives it back at the start. */

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface ResourceServerScope {
  readonly value: string;
  readonly description?: string;
}

/** A resource server exactly as it is answered: what was never set is absent. */
export interface ResourceServer {
  readonly id: string;
  readonly identifier: string;
  readonly name?: string;
  readonly scopes?: readonly ResourceServerScope[];
  readonly is_system?: boolean;
  readonly [property: string]: unknown;
}

/** A user exactly as it is answered. */
export interface User {
  readonly user_id: string;
  readonly email?: string;
  readonly username?: string;
  readonly name: string;
  readonly picture: string;
  readonly identities: readonly { connection: string; user_id: string; provider: string; isSocial: boolean }[];
  readonly [property: string]: unknown;
}

/** What a machine may do at an API, exactly as it is answered. */
export interface ClientGrant {
  readonly id: string;
  readonly client_id: string;
  readonly audience: string;
  readonly scope: readonly string[];
  readonly [property: string]: unknown;
}

/** Values by key, in the order in which their keys came. */
export interface Collection<Value> {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value) => void;
  readonly delete: (key: string) => boolean;
  readonly values: () => Value[];
  readonly size: () => number;
}

/** A set of (left, right) pairs, each with the time at which it was added (milliseconds), readable from both sides. */
export interface Relation {
  readonly has: (left: string, right: string) => boolean;
  readonly add: (left: string, right: string, since: number) => void;
  readonly remove: (left: string, right: string) => void;
  readonly rightsOf: (left: string) => ReadonlyMap<string, number>;
  readonly leftsOf: (right: string) => ReadonlyMap<string, number>;
}

/** One value of one collection, as JSON text. */
export interface JournalEntry {
  readonly collection: string;
  readonly key: string;
  readonly value: string;
}

/** Where changes are written to: `file-journal.ts`, `history.ts`, or nowhere. */
export interface Journal {
  readonly load: () => Iterable<JournalEntry>;
  readonly put: (collection: string, key: string, value: string) => void;
  readonly remove: (collection: string, key: string) => void;
  readonly begin: () => void;
  readonly commit: () => void;
  readonly rollback: () => void;
  readonly close: () => void;
}

export interface Store {
  readonly roles: Collection<Role>;
  readonly resourceServers: Collection<ResourceServer>;
  readonly users: Collection<User>;
  /** By user id: the salted hash of a password. */
  readonly passwords: Collection<string>;
  readonly clientGrants: Collection<ClientGrant>;
  /** What must survive a restart beside the tenant's content: the signing key, the client. */
  readonly settings: Collection<string>;
  /** left: role id; right: `permissionKey()`. */
  readonly rolePermissions: Relation;
  /** left: user id; right: `permissionKey()`. Direct assignments only. */
  readonly userPermissions: Relation;
  /** left: user id; right: role id. */
  readonly userRoles: Relation;
  readonly actions: Collection<Action>;
  /** By the id of their action, the oldest first; the last one is deployed. */
  readonly actionVersions: Collection<readonly ActionVersion[]>;
  /** By trigger, in the order in which they run. */
  readonly bindings: Collection<readonly Binding[]>;
  readonly organizations: Collection<Organization>;
  /** left: organization id; right: user id. */
  readonly members: Relation;
  /** left: `memberKey()`; right: role id. */
  readonly memberRoles: Relation;
  /** Runs the writes of one call as one unit: a killed process leaves all of them behind or none. */
  readonly atomically: <Result>(work: () => Result) => Result;
  readonly close: () => void;
}

/** Forgets everything. */
export const nowhere: Journal = {
  load: () => [],
  put: () => {},
  remove: () => {},
  begin: () => {},
  commit: () => {},
  rollback: () => {},
  close: () => {},
};

/** A store filled from its journal. */
export function createStore(journal: Journal): Store {
  const loaders = new Map<string, (key: string, value: string) => void>();
  const store: Store = {
    roles: collection('roles', journal, loaders),
    resourceServers: collection('resource-servers', journal, loaders),
    users: collection('users', journal, loaders),
    passwords: collection('passwords', journal, loaders),
    clientGrants: collection('client-grants', journal, loaders),
    settings: collection('settings', journal, loaders),
    rolePermissions: relation('role-permissions', journal, loaders),
    userPermissions: relation('user-permissions', journal, loaders),
    userRoles: relation('user-roles', journal, loaders),
    actions: collection('actions', journal, loaders),
    actionVersions: collection('action-versions', journal, loaders),
    bindings: collection('bindings', journal, loaders),
    organizations: collection('organizations', journal, loaders),
    members: relation('members', journal, loaders),
    memberRoles: relation('member-roles', journal, loaders),
    atomically: (work) => {
      journal.begin();
      try {
        const result = work();
        journal.commit();
        return result;
      } catch (error) {
        journal.rollback();
        throw error;
      }
    },
    close: journal.close,
  };
  for (const entry of journal.load()) {
    loaders.get(entry.collection)?.(entry.key, entry.value);
  }
  return store;
}

type Loaders = Map<string, (key: string, value: string) => void>;

function collection<Value>(name: string, journal: Journal, loaders: Loaders): Collection<Value> {
  const values = new Map<string, Value>();
  loaders.set(name, (key, value) => values.set(key, JSON.parse(value) as Value));
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      values.set(key, value);
      journal.put(name, key, JSON.stringify(value));
    },
    delete: (key) => {
      journal.remove(name, key);
      return values.delete(key);
    },
    values: () => [...values.values()],
    size: () => values.size,
  };
}

const none: ReadonlyMap<string, number> = new Map();

function relation(name: string, journal: Journal, loaders: Loaders): Relation {
  const byLeft = new Map<string, Map<string, number>>();
  const byRight = new Map<string, Map<string, number>>();
  const link = (left: string, right: string, since: number): void => {
    entriesOf(byLeft, left).set(right, since);
    entriesOf(byRight, right).set(left, since);
  };
  loaders.set(name, (key, value) => {
    const [left, right] = JSON.parse(key) as [string, string];
    link(left, right, JSON.parse(value) as number);
  });
  return {
    has: (left, right) => byLeft.get(left)?.has(right) ?? false,
    add: (left, right, since) => {
      if (byLeft.get(left)?.has(right)) {
        return;
      }
      link(left, right, since);
      journal.put(name, JSON.stringify([left, right]), JSON.stringify(since));
    },
    remove: (left, right) => {
      byLeft.get(left)?.delete(right);
      byRight.get(right)?.delete(left);
      journal.remove(name, JSON.stringify([left, right]));
    },
    rightsOf: (left) => byLeft.get(left) ?? none,
    leftsOf: (right) => byRight.get(right) ?? none,
  };
}

function entriesOf(index: Map<string, Map<string, number>>, key: string): Map<string, number> {
  const known = index.get(key);
  if (known !== undefined) {
    return known;
  }
  const fresh = new Map<string, number>();
  index.set(key, fresh);
  return fresh;
}
