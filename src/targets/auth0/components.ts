import { ResourceServer } from '@pulumi/auth0/resourceServer.js';
import { ResourceServerScopes } from '@pulumi/auth0/resourceServerScopes.js';
import { Role as Auth0Role } from '@pulumi/auth0/role.js';
import { RolePermissions } from '@pulumi/auth0/rolePermissions.js';
import { UserRole } from '@pulumi/auth0/userRole.js';
import type { Input, Output, Resource } from '@pulumi/pulumi';
import { ComponentResource } from '@pulumi/pulumi';
import type { Adoption, TakingOver } from '../../stack/adoption.ts';
import { keptBy } from '../../stack/adoption.ts';
import type { LoweredApplication, LoweredRole } from '../../stack/lowered-state.ts';
import { aliases, importing } from '../../stack/resource-options.ts';
import type { Auth0Api } from './lower.ts';

interface Options {
  readonly protect: boolean;
  readonly adoption: Adoption;
  readonly takingOver?: TakingOver | null;
}

/** What an API has besides, and nobody declares: without this the provider would reset some of it, such as refresh tokens. */
const notDeclared = [
  'allowOfflineAccess',
  'allowOnlineAccess',
  'allowOnlineAccessWithEphemeralSessions',
  'authorizationDetails',
  'authorizationPolicy',
  'consentPolicy',
  'proofOfPossession',
  'signingAlg',
  'signingSecret',
  'skipConsentForVerifiableFirstPartyClients',
  'subjectTypeAuthorization',
  'tokenEncryption',
  'verificationLocation',
];

const settings = ['enforcePolicies', 'tokenDialect', 'tokenLifetime', 'tokenLifetimeForWeb'];

/**
 * An application: its API, the scopes that it offers, and its roles. The children carry the component's name, and its
 * aliases themselves: they would inherit those only while the component is being renamed, and a run that is cut off then
 * leaves some of them under the old name.
 */
export class Application extends ComponentResource {
  readonly audience: Output<string>;
  /** Ids of roles at Auth0, by logical name. */
  readonly roleIds: Readonly<Record<string, Output<string>>>;
  /** By logical name: what is there when a role is, and may do what it is to do. */
  readonly grants: Readonly<Record<string, Resource>>;

  constructor(application: LoweredApplication, options: Options) {
    const { protect, adoption, takingOver = null } = options;
    const former = aliases(application.formerly);
    super('rolewright:auth0:Application', application.name, {}, { aliases: former });
    const { name } = application;
    const kept = keptBy(takingOver, name);
    const api = new ResourceServer(name, application.api as Auth0Api, {
      parent: this,
      aliases: former,
      protect,
      ignoreChanges: [
        ...[...notDeclared, ...(takingOver === null ? [] : settings)],
        ...kept(adoption.apis[name], ['name']),
      ],
      ...importing(adoption.apis[name]),
    });
    const scopes = new ResourceServerScopes(
      name,
      { resourceServerIdentifier: api.identifier, scopes: [...application.scopes] },
      {
        ...{ parent: this, aliases: former, protect, deletedWith: api },
        // The provider knows them by the audience.
        ...importing(adoption.scopes[name] === undefined ? undefined : application.api.identifier),
        ignoreChanges: kept(adoption.scopes[name], ['scopes']),
      },
    );
    const roles = application.roles.map((role) => new Role(role, this, scopes, options));
    this.audience = api.identifier;
    this.roleIds = Object.fromEntries(roles.map(({ logicalName, roleId }) => [logicalName, roleId]));
    this.grants = Object.fromEntries(roles.map(({ logicalName, grants }) => [logicalName, grants]));
    this.registerOutputs({});
  }
}

/**
 * A role, what it may do, and who is to hold it. The permissions are authoritative, so what somebody adds by hand is
 * taken away; the people are not, so whoever else holds it, and whatever else they hold, is left alone.
 */
export class Role extends ComponentResource {
  readonly logicalName: string;
  readonly roleId: Output<string>;
  /** Its permissions, or the role itself where it has none. */
  readonly grants: Resource;

  constructor(
    role: LoweredRole,
    application: Application,
    scopes: ResourceServerScopes,
    { protect, adoption, takingOver = null }: Options,
  ) {
    const { logicalName } = role;
    const kept = keptBy(takingOver, logicalName);
    const former = aliases(role.formerly);
    super('rolewright:auth0:Role', logicalName, {}, { parent: application, aliases: former });
    const created = new Auth0Role(
      logicalName,
      { name: role.name, description: role.description },
      // Without the dependency an API could be deleted while its roles still stand, or a role be made for scopes that failed.
      {
        ...{ parent: this, aliases: former, protect, dependsOn: scopes, ...importing(adoption.roles[logicalName]) },
        ignoreChanges: kept(adoption.roles[logicalName], ['name', 'description']),
      },
    );
    const permissions =
      role.scopes.length === 0
        ? null
        : new RolePermissions(
            logicalName,
            {
              roleId: created.id,
              // From the scopes' output: granted after the scopes exist, taken away before they go.
              permissions: role.scopes.map((scope) => permission(scope, scopes.resourceServerIdentifier)),
            },
            {
              ...{ parent: this, aliases: former, protect, deletedWith: created },
              ...importing(adoption.grants[logicalName]),
              ignoreChanges: kept(adoption.grants[logicalName], ['permissions']),
            },
          );
    this.grants = permissions ?? created;
    for (const { logicalName: name, userId } of role.holders) {
      // Given when the role may do what it is to do: one that is narrowed at once shows nobody new what it was.
      const dependsOn = this.grants;
      const formerHolder = aliases(role.formerly.map((old) => old + name.slice(logicalName.length)));
      // Never protected: whose last day is over must lose it.
      new UserRole(
        name,
        { userId, roleId: created.id },
        { parent: this, aliases: formerHolder, dependsOn, deletedWith: created },
      );
    }
    this.logicalName = logicalName;
    this.roleId = created.id;
    this.registerOutputs({});
  }
}

function permission(name: string, resourceServerIdentifier: Input<string>) {
  return { name, resourceServerIdentifier };
}
