import type { Input, Output, Resource } from '@pulumi/pulumi';
import { ComponentResource } from '@pulumi/pulumi';
import type { Adoption, TakingOver } from '../../stack/adoption.ts';
import { keptBy } from '../../stack/adoption.ts';
import type { LoweredApplication, LoweredRole } from '../../stack/lowered-state.ts';
import { aliases, importing } from '../../stack/resource-options.ts';
import type { KeycloakApi } from './lower.ts';
import type { RolePermissionArgs } from './resources.ts';
import { Client, DefaultRole, Role as KeycloakRole, Permissions, RolePermissions, UserRole } from './resources.ts';

interface Options {
  readonly protect: boolean;
  readonly adoption: Adoption;
  readonly takingOver?: TakingOver | null;
  /** The name of the stack, whose the objects are. */
  readonly stack: string;
}

/** The attribute that says whose an object is: written when it is made, and another or none of it is no change. */
const owner = 'key';

const settings = ['accessTokenLifespan', 'claim'];

/**
 * An application: its client, the permissions that it offers, and its roles. The children carry the component's name, and its
 * aliases themselves: they would inherit those only while the component is being renamed, and a run that is cut off then
 * leaves some of them under the old name.
 */
export class Application extends ComponentResource {
  readonly audience: Output<string>;
  /** `<realm>/<uuid>` of roles, by logical name. */
  readonly roleIds: Readonly<Record<string, Output<string>>>;

  constructor(application: LoweredApplication, options: Options) {
    const { protect, adoption, takingOver = null, stack } = options;
    const { name } = application;
    const former = aliases(application.formerly);
    super('rolewright:keycloak:Application', name, {}, { aliases: former });
    const kept = keptBy(takingOver, name);
    const { realm, identifier, name: title, tokenLifetime, claim } = application.api as KeycloakApi;
    const client = new Client(
      name,
      { realm, clientId: identifier, name: title, accessTokenLifespan: tokenLifetime, claim, key: `${stack}/${name}` },
      {
        ...{ parent: this, aliases: former, protect, ...importing(adoption.apis[name]) },
        ignoreChanges: [owner, ...(takingOver === null ? [] : settings), ...kept(adoption.apis[name], ['name'])],
      },
    );
    const permissions = new Permissions(
      name,
      { client: client.id, clientId: client.clientId, permissions: [...application.scopes] },
      {
        ...{ parent: this, aliases: former, protect, deletedWith: client, ...importing(adoption.scopes[name]) },
        ignoreChanges: kept(adoption.scopes[name], ['permissions']),
      },
    );
    const { defaultRole } = application;
    const roles = application.roles.map((role) => {
      const isDefault = role.logicalName === defaultRole;
      return new Role(role, { ...options, application: this, permissions, realm, isDefault });
    });
    this.audience = client.clientId;
    this.roleIds = Object.fromEntries(roles.map(({ logicalName, roleId }) => [logicalName, roleId]));
    this.registerOutputs({});
  }
}

interface RoleOptions extends Options {
  readonly application: Application;
  readonly permissions: Permissions;
  readonly realm: string;
  /** Whether everybody in the realm holds it. */
  readonly isDefault: boolean;
}

/**
 * A role, what it may do, and who is to hold it. The permissions are authoritative, so what somebody adds by hand is
 * taken away; the people are not, so whoever else holds it, and whatever else they hold, is left alone.
 */
export class Role extends ComponentResource {
  readonly logicalName: string;
  readonly roleId: Output<string>;

  constructor(role: LoweredRole, options: RoleOptions) {
    const { application, permissions, realm, isDefault, protect, adoption, takingOver = null, stack } = options;
    const { logicalName } = role;
    const kept = keptBy(takingOver, logicalName);
    const former = aliases(role.formerly);
    super('rolewright:keycloak:Role', logicalName, {}, { parent: application, aliases: former });
    const created = new KeycloakRole(
      logicalName,
      { realm, name: role.name, description: role.description, key: `${stack}/${logicalName}` },
      // Without the dependency a client could be deleted while its roles still stand, or a role be made for permissions that failed.
      {
        ...{
          parent: this,
          aliases: former,
          protect,
          dependsOn: permissions,
          ...importing(adoption.roles[logicalName]),
        },
        ignoreChanges: [owner, ...kept(adoption.roles[logicalName], ['name', 'description'])],
      },
    );
    const grants =
      role.scopes.length === 0
        ? null
        : new RolePermissions(
            logicalName,
            {
              roleId: created.id,
              // From the output of the permissions: granted after they exist, taken away before they go.
              permissions: role.scopes.map((scope) => permission(scope, permissions.clientId)),
            },
            {
              ...{ parent: this, aliases: former, protect, deletedWith: created },
              ...importing(adoption.grants[logicalName]),
              ignoreChanges: kept(adoption.grants[logicalName], ['permissions']),
            },
          );
    // Given when the role may do what it is to do: one that is narrowed at once shows nobody new what it was.
    const dependsOn: Resource = grants ?? created;
    const given = { parent: this, dependsOn, deletedWith: created };
    for (const { logicalName: name, userId } of role.holders) {
      const formerHolder = aliases(role.formerly.map((old) => old + name.slice(logicalName.length)));
      // Never protected: whose last day is over must lose it.
      new UserRole(name, { userId, roleId: created.id }, { ...given, aliases: formerHolder });
    }
    if (isDefault) new DefaultRole(logicalName, { roleId: created.id }, { ...given, aliases: former });
    this.logicalName = logicalName;
    this.roleId = created.id;
    this.registerOutputs({});
  }
}

function permission(name: string, clientId: Input<string>): RolePermissionArgs {
  return { name, clientId };
}
