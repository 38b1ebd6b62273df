import type { DesiredApplication, DesiredState } from '../../model/desired-state.ts';
import { logicalName } from '../../stack/logical-name.ts';
import type { LoweredGiven, LoweredJustInTime, LoweredSignIn, Machine } from '../../stack/lowered-just-in-time.ts';
import { justInTimeName } from '../../stack/lowered-just-in-time.ts';
import type { SignInPolicy } from './action/sign-in-policy.ts';
import { domainOf } from './tenant-domain.ts';

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
