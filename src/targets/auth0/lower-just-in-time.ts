import type { DesiredApplication, DesiredState } from '../../model/desired-state.ts';
import type { SignInPolicy } from './action/sign-in-policy.ts';
import { logicalName } from './lower.ts';
import { domainOf } from './tenant-domain.ts';

/** The logical name of the component, the Action and its binding; a stack has one at most. */
export const justInTimeName = 'just-in-time';

/** The action that gives roles at sign-in. Its code is made when the ids of the roles are known. */
export interface LoweredJustInTime {
  /** At Auth0. Stacks may share a tenant, so the name has the stack's in it. */
  readonly name: string;
  /** The domain of the Management API. */
  readonly tenant: string;
  /** Those with a policy, sorted by name. */
  readonly applications: readonly LoweredSignIn[];
  /** False only in a passing stage, where a deployment is made that may have failed: see `withSignIn`. */
  readonly deploy: boolean;
  /** False only there: Auth0 binds nothing that was never deployed. */
  readonly bound: boolean;
  /** The machine that may give roles in a loopback tenant, where the stack's configuration names none. */
  readonly loopback: { readonly machine: Machine | null } | null;
}

export interface Machine {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Who is given what: the role of all for whom there is no rule, and the rules. */
export interface SignInRules<T> {
  readonly audience: string;
  readonly default: T;
  readonly byEmailDomain: readonly (T & { readonly domain: string; readonly connection: string })[];
}

export interface LoweredSignIn extends SignInRules<LoweredGiven> {
  readonly application: string;
  readonly tombstones: readonly [string, ...string[]];
}

export interface LoweredGiven {
  readonly role: string;
  readonly title: string;
  /** Of the role, whose id goes into the code. */
  readonly logicalName: string;
}

/** The action of a desired state; null where no application has a policy. */
export function lowerJustInTime(
  { environment, applications }: Omit<DesiredState, 'digest'>,
  env: Readonly<Record<string, string | undefined>>,
): LoweredJustInTime | null {
  const withPolicy = applications.flatMap((application) => lowerSignIn(application, environment.name));
  if (withPolicy.length === 0) return null;
  const isLoopback = environment.tenant === 'loopback';
  return {
    name: `rolewright-${justInTimeName}-${environment.name}`,
    tenant: isLoopback ? (domainOf(env) ?? 'loopback') : environment.tenant,
    applications: withPolicy,
    deploy: true,
    bound: true,
    loopback: isLoopback ? { machine: machineIn(env) } : null,
  };
}

/** What the code knows, when the ids of its roles are. */
export function signInPolicy(
  { tenant, applications }: LoweredJustInTime,
  idOf: (logicalName: string) => string,
): SignInPolicy {
  const given = ({ role, title, logicalName: name }: LoweredGiven) => ({ role, title, id: idOf(name) });
  return {
    tenant,
    applications: applications.map(({ application, audience, tombstones, default: usual, byEmailDomain }) => ({
      ...{ application, audience, tombstones },
      default: given(usual),
      byEmailDomain: byEmailDomain.map((rule) => ({
        domain: rule.domain,
        connection: rule.connection,
        ...given(rule),
      })),
    })),
  };
}

/** Logical names of all roles that are given. */
export function rolesGiven({ applications }: LoweredJustInTime): ReadonlySet<string> {
  return new Set(
    applications.flatMap(({ default: usual, byEmailDomain }) =>
      [usual, ...byEmailDomain].map(({ logicalName: name }) => name),
    ),
  );
}

function lowerSignIn(application: DesiredApplication, environment: string): readonly LoweredSignIn[] {
  const { name, formerly, audience, roles, provisioning } = application;
  if (provisioning === undefined) return [];
  const given = (role: string): LoweredGiven => ({
    role,
    title: roles.find((one) => one.name === role)?.title ?? role,
    logicalName: logicalName(name, role),
  });
  // Names have no underscore, so that no two stacks and applications share a key.
  const tombstone = (ofApplication: string) => `rolewright_default_${environment}_${ofApplication}`;
  return [
    {
      application: name,
      audience,
      tombstones: [tombstone(name), ...formerly.map(tombstone)],
      default: given(provisioning.default),
      byEmailDomain: provisioning.byEmailDomain.map(({ domain, connection, role }) => ({
        ...{ domain, connection },
        ...given(role),
      })),
    },
  ];
}

/** The provider refuses AUTH0_CLIENT_ID beside AUTH0_API_TOKEN, so the machine has variables of its own as well. */
function machineIn(env: Readonly<Record<string, string | undefined>>): Machine | null {
  const clientId = env.ROLEWRIGHT_JUST_IN_TIME_CLIENT_ID || env.AUTH0_CLIENT_ID;
  const clientSecret = env.ROLEWRIGHT_JUST_IN_TIME_CLIENT_SECRET || env.AUTH0_CLIENT_SECRET;
  return clientId && clientSecret ? { clientId, clientSecret } : null;
}
