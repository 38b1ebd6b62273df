import type { Result } from '../../language/diagnostic.ts';
import { byCodePoint } from '../../language/source.ts';
import type { DenialEffects, Permission } from '../definitions.ts';
import type { DesiredApplication, DesiredEnvironment, DesiredState } from '../desired-state.ts';
import type { EffectiveApplication, EffectiveModel } from '../effective-model.ts';
import { titleOf } from '../link/identity.ts';
import { isLoopback } from '../link/tenant-form.ts';
import type { Policy, PolicyEffects, PolicyPermission, PolicyScope } from '../policy.ts';
import { permissionsOf } from '../resolve/resolve.ts';
import { compile } from './compile.ts';
import { narrowingScope } from './compile-scopes.ts';

export interface PolicyOptions {
  /**
   * The issuer of a loopback tenant, `https://127.0.0.1:<port>/`, or of a realm on loopback, `http://127.0.0.1:<port>/realms/<realm>`: no
   * file knows its port.
   */
  readonly loopbackIssuer?: string;
}

/** Stands for a loopback tenant of which nothing more is known. No token has it, so that everything is denied. */
const unknownLoopback = 'https://loopback/';

/** Where Keycloak publishes the keys of a realm, below its issuer. */
const keysOfRealm = '/protocol/openid-connect/certs';

/**
 * The policy of each application in an environment, sorted by name; null where there is no such environment or it cannot
 * be built. Machines and third-party clients are not declared in the language: none are allowed, and none are known.
 */
export function compilePolicy(
  model: EffectiveModel,
  environmentName: string,
  options: PolicyOptions = {},
): Result<readonly Policy[] | null> {
  const [desired, diagnostics] = compile(model, environmentName);
  if (desired === null) return [null, diagnostics];
  const policies = desired.applications.flatMap((placed) => {
    const application = model.applications.find(({ definition }) => definition.name === placed.name);
    return application === undefined ? [] : [policyOf(application, placed, desired, options)];
  });
  return [policies, diagnostics];
}

function policyOf(
  { definition, restrictable }: EffectiveApplication,
  placed: DesiredApplication,
  desired: DesiredState,
  { loopbackIssuer }: PolicyOptions,
): Policy {
  const { name: environment } = desired.environment;
  const { apps, vendors } = definition;
  const resellers = [...apps, ...vendors].flatMap((seller) => seller.resellers);
  const markers = placed.scopes.filter(({ kind }) => kind === 'restriction');
  return {
    schemaVersion: 1,
    application: definition.name,
    environment,
    ...issuerOf(desired.environment, placed.audience, loopbackIssuer),
    restrictable,
    permissions: sorted([...permissionsOf(definition)].map(([name, permission]) => [name, permissionOf(permission)])),
    // Also where no role is restrictable, and the API has no such scope: a service may name an app all the same.
    apps: sorted(apps.map((app) => [app.name, { title: app.title, scope: narrowingScope('app', app) }])),
    vendors: sorted(vendors.map((one) => [one.name, { title: one.title, scope: narrowingScope('vendor', one) }])),
    resellers: sorted(
      resellers.map((name) => [name, { title: titleOf(name), scope: narrowingScope('reseller', { name }) }]),
    ),
    restrictions: sorted<PolicyScope>(
      markers.map(({ reference, title, value }) => [reference, { title, scope: value }]),
    ),
    machines: [],
    thirdPartyClients: { only: [] },
    modelDigest: desired.digest,
  };
}

/** How tokens of an application are known: by whom they are issued, and for whom. */
function issuerOf(
  { target, tenant }: DesiredEnvironment,
  audience: string,
  loopbackIssuer: string | undefined,
): Pick<Policy, 'issuer' | 'audience' | 'keys' | 'clients'> {
  if (target === 'auth0') {
    return { issuer: isLoopback(tenant) ? (loopbackIssuer ?? unknownLoopback) : `https://${tenant}/`, audience };
  }
  const issuer = (isLoopback(tenant) ? loopbackIssuer : undefined) ?? `https://${tenant}`;
  // What another client asks for may be for this application, and hold permissions of that one under the same names.
  return { issuer, audience, keys: `${issuer}${keysOfRealm}`, clients: [audience] };
}

function permissionOf(permission: Permission): PolicyPermission {
  const { title, restrictedBy, levels, scope, alsoForVendors, whenDenied } = permission;
  return {
    title,
    restrictedBy,
    levels:
      scope !== null
        ? [{ name: null, title, scope, alsoForVendors, whenDenied: effectsOf(whenDenied) }]
        : levels.map((level) => ({
            name: level.name,
            title: level.title,
            scope: level.scope,
            alsoForVendors: level.alsoForVendors,
            whenDenied: effectsOf(level.whenDenied),
          })),
  };
}

/** Why nothing is documented is for those who write the catalog; a person who is denied is told nothing then. */
function effectsOf(effects: DenialEffects | null): PolicyEffects | null {
  if (effects === null || effects.undocumented !== null) return null;
  const { hidden, refused, remains } = effects;
  return { hidden, refused, remains };
}

/** An object with its keys in the one order; a key that comes twice counts once. */
function sorted<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => byCodePoint(a, b)));
}
