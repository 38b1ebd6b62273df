import { ResourceServer } from '@pulumi/auth0/resourceServer.js';
import { ResourceServerScopes } from '@pulumi/auth0/resourceServerScopes.js';
import { Role as Auth0Role } from '@pulumi/auth0/role.js';
import { RolePermissions } from '@pulumi/auth0/rolePermissions.js';
import { UserRole } from '@pulumi/auth0/userRole.js';
import type { CustomResourceOptions, Input, Output } from '@pulumi/pulumi';
import { ComponentResource } from '@pulumi/pulumi';
import type { LoweredApplication, LoweredRole } from './lower.ts';

/** Ids of what the tenant has already and the state has not, by logical name: imported instead of created. */
export interface Adoption {
  readonly resourceServers: Readonly<Record<string, string>>;
  /** Identifiers of APIs whose scopes are taken over. */
  readonly scopes: Readonly<Record<string, string>>;
  readonly roles: Readonly<Record<string, string>>;
}

interface Options {
  readonly protect: boolean;
  readonly adoption: Adoption;
}

/** Adopts nothing: everything that is not in the state is created. */
export const noAdoption: Adoption = { resourceServers: {}, scopes: {}, roles: {} };

/**
 * An application: its API, the scopes that it offers, and its roles. The children carry the component's name, and its
 * aliases themselves: they would inherit those only while the component is being renamed, and a run that is cut off then
 * leaves some of them under the old name.
 */
export class Application extends ComponentResource {
  readonly audience: Output<string>;
  /** Ids of roles at Auth0, by logical name. */
  readonly roleIds: Readonly<Record<string, Output<string>>>;

  constructor(application: LoweredApplication, { protect, adoption }: Options) {
    const former = aliases(application.formerly);
    super('rolewright:auth0:Application', application.name, {}, { aliases: former });
    const { name } = application;
    const api = new ResourceServer(name, application.resourceServer, {
      parent: this,
      aliases: former,
      protect,
      ...importing(adoption.resourceServers[name]),
    });
    const scopes = new ResourceServerScopes(
      name,
      { resourceServerIdentifier: api.identifier, scopes: [...application.scopes] },
      { parent: this, aliases: former, protect, deletedWith: api, ...importing(adoption.scopes[name]) },
    );
    const roles = application.roles.map((role) => new Role(role, this, scopes, { protect, adoption }));
    this.audience = api.identifier;
    this.roleIds = Object.fromEntries(roles.map(({ logicalName, roleId }) => [logicalName, roleId]));
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

  constructor(
    role: LoweredRole,
    application: Application,
    scopes: ResourceServerScopes,
    { protect, adoption }: Options,
  ) {
    const { logicalName } = role;
    const former = aliases(role.formerly);
    super('rolewright:auth0:Role', logicalName, {}, { parent: application, aliases: former });
    const created = new Auth0Role(
      logicalName,
      { name: role.name, description: role.description },
      // Without the dependency an API could be deleted while its roles still stand, or a role be made for scopes that failed.
      { parent: this, aliases: former, protect, dependsOn: scopes, ...importing(adoption.roles[logicalName]) },
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
            { parent: this, aliases: former, protect, deletedWith: created },
          );
    for (const { logicalName: name, userId } of role.holders) {
      // Given when the role may do what it is to do: one that is narrowed at once shows nobody new what it was.
      const dependsOn = permissions ?? created;
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

function aliases(formerly: readonly string[]) {
  return formerly.map((name) => ({ name }));
}

function importing(id: string | undefined): CustomResourceOptions {
  return id === undefined ? {} : { import: id };
}
