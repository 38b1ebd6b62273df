import type { ObservedIdentity, ObservedPeople } from '../model/observed-people.ts';
import type { ObservedApi, ObservedState } from '../model/observed-state.ts';

/**
 * What is read of a tenant, as few calls as the job needs. Writing is the engine's. Every id is the one by which the engine imports
 * the resource. All of it throws a TenantError where the tenant does not answer as it should.
 */
export interface Tenant extends AccountReader {
  /** All roles. */
  readonly readRoles: () => Promise<readonly TenantRole[]>;
  /** The APIs that the tenant has of these identifiers, sorted by them. */
  readonly readApis: (identifiers: readonly string[]) => Promise<readonly ObservedApi[]>;
  /** Who holds a role, by a group too where a target has such. */
  readonly readHolders: (roleId: string) => Promise<RoleHolders>;
  /** Which of these people hold a role. */
  readonly holdersAmong: (roleId: string, userIds: ReadonlySet<string>) => Promise<ReadonlySet<string>>;
  /** The action of this very name, if the tenant has one. */
  readonly readAction: (name: string) => Promise<TenantAction | null>;
  readonly observe: (selection: Selection) => Promise<ObservedState>;
  readonly observePeople: (selection: PeopleSelection) => Promise<ObservedPeople>;
  /** The smallest call that needs credentials: whether the tenant answers. */
  readonly probe: () => Promise<void>;
}

/** Looks accounts up. */
export interface AccountReader {
  /** The accounts with one of these addresses, each once; addresses in capitals are asked for as they stand. */
  readonly readAccounts: (addresses: readonly string[]) => Promise<readonly TenantAccount[]>;
  /** Whether there is an account of this id. */
  readonly hasAccount: (id: string) => Promise<boolean>;
}

export interface ConnectOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The environment's. */
  readonly tenant: string;
  readonly signal: AbortSignal;
  /** Told while the tenant limits the rate, with the seconds until the next attempt. */
  readonly onWait: (seconds: number) => void;
  /** The longest that a limited rate is waited out, in seconds, over all calls. */
  readonly patience: number;
  /** The longest that one call may take, in milliseconds; 30 s if not said. */
  readonly timeout?: number;
}

export interface TenantRole {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface TenantAccount {
  readonly id: string;
  /** The accounts behind it, each with the address that its own connection knows; several where accounts are linked. */
  readonly identities: readonly ObservedIdentity[];
}

/** Who holds a role: how many people, and the ids of a hundred of them at most. */
export interface RoleHolders {
  readonly total: number;
  readonly ids: readonly string[];
}

export interface TenantAction {
  readonly id: string;
  readonly name: string;
}

/** What of a tenant is read. */
export interface Selection {
  /** As it is to be shown. */
  readonly tenant: string;
  /** The APIs; null for all of them. */
  readonly audiences: readonly string[] | null;
  /** Which roles' permissions are wanted; each costs a call or more. */
  readonly wanted: (role: TenantRole) => boolean;
  /** Told before the permissions of each role are asked for. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Which people are read, and what of them. */
export interface PeopleSelection {
  /** Ids of the roles whose holders are wanted. */
  readonly roles: readonly string[];
  /** The APIs whose direct permissions count. */
  readonly audiences: readonly string[];
  readonly directPermissions: ObservedPeople['directPermissions'];
  readonly organizations: boolean;
  /** The keys of `app_metadata` under which the action notes which default role somebody was given. */
  readonly tombstones: readonly string[];
  /** Told once it is known whom there is to read, and before it is done. */
  readonly onPeople: (cost: PeopleCost) => void;
  /** Told before each step of a phase. */
  readonly onProgress: (phase: 'holders' | 'organizations' | 'people', done: number, total: number) => void;
}

/** How many people are to be read, and at least how many calls that takes. */
export interface PeopleCost {
  readonly people: number;
  readonly calls: number;
}
