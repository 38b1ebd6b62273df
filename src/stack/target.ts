import type { Output } from '@pulumi/pulumi';
import type { Diagnostic } from '../language/diagnostic.ts';
import type { TargetName } from '../model/definitions.ts';
import type { DesiredEnvironment, DesiredState } from '../model/desired-state.ts';
import type { Pins } from './accounts.ts';
import type { Adoption, TakingOver } from './adoption.ts';
import type { Owed } from './journal.ts';
import type { LoweredState } from './lowered-state.ts';
import type { Holds, Kind } from './resource-kinds.ts';
import type { ConnectOptions, Tenant } from './tenant.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** An identity provider as the rest of Rolewright knows it: how it is checked, read and written. There are two, and no more are loaded. */
export interface Target {
  readonly name: TargetName;
  /** What people are told to set or see to, where something fails. */
  readonly advice: {
    readonly address: string;
    readonly credentials: string;
    readonly scopes: string;
  };
  readonly plugin: PluginNeed;
  /**
   * What a resource of the engine is, by its type and its logical name, if documents declare such: `auth0:index/role:Role` is a role, and an
   * action is ours by its name alone.
   */
  readonly kindOf: (type: string, name: string) => Kind | null;
  /** What a resource of ours holds, in the words of all targets, from its inputs or outputs. */
  readonly holds: (kind: Kind, properties: Holds) => Holds;
  /** Refuses variables that do not belong to the environment's tenant, or hold no credentials. */
  readonly checkTenant: (environment: TenantOfEnvironment, env: Environment) => readonly Diagnostic[];
  /** The address that the variables say, as people are shown it; null if they say none. */
  readonly addressOf: (environment: TenantOfEnvironment, env: Environment) => string | null;
  /** The settings that an API is declared with, in the words of all targets. */
  readonly apiSettings: readonly string[];
  /** Asks for a token at its first call only. */
  readonly connect: (options: ConnectOptions) => Tenant;
  /**
   * Turns a desired state into the arguments of resources. Its limits have been checked before.
   *
   * @param pins the accounts of all people who are declared by address
   * @throws Error if one of them is missing
   */
  readonly lower: (desired: DesiredState, pins: Pins, env: Environment) => LoweredState;
  /** Under which keys accounts note which default role they were given; none where nothing notes it. */
  readonly tombstonesOf: (desired: DesiredState) => readonly string[];
  /** Registers a lowered state with the engine, in a program that it runs. */
  readonly register: (lowered: LoweredState, options: RegisterOptions) => Promise<StackOutputs>;
}

export type TenantOfEnvironment = Pick<DesiredEnvironment, 'name' | 'tenant'>;

/** The provider's process, which the engine starts. */
export interface PluginNeed {
  /** `auth0`, of `pulumi-resource-auth0`. */
  readonly name: string;
  /** The version that must be installed. */
  readonly version: () => Promise<string>;
  /** The folder that it lies in, where it comes with Rolewright; null where it must be installed. */
  readonly folder: string | null;
}

export interface RegisterOptions {
  readonly adoption?: Adoption;
  /** What is still owed once everything has been created; null, for a plain `pulumi up`, leaves the journal as it is. */
  readonly owedAfterwards?: readonly Owed[] | null;
  /** Only for an update that takes over what is there, and writes nothing. */
  readonly takingOver?: TakingOver;
}

/** What a stack offers to other stacks. */
export interface StackOutputs {
  /** Ids at the identity provider by `<application>.<role>`. */
  readonly roleIds: Readonly<Record<string, Output<string>>>;
  /** By the application's name. */
  readonly audiences: Readonly<Record<string, Output<string>>>;
  readonly modelDigest: string;
}
