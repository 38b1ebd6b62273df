import type { CustomResourceOptions, ID, Input, Inputs, Output } from '@pulumi/pulumi';
import { CustomResource } from '@pulumi/pulumi';

import { types } from './resource-types.ts';

export interface ClientArgs {
  /** The realm, which must exist. Another one is another client. */
  readonly realm: Input<string>;
  /** As tokens name their audience. Another one is another client. */
  readonly clientId: Input<string>;
  /** What people are shown. */
  readonly name: Input<string>;
  /** How long an access token counts, in seconds. */
  readonly accessTokenLifespan: Input<number>;
  /** The claim of access tokens that carries the permissions, such as `permissions`. */
  readonly claim: Input<string>;
  /**
   * Whose it is, kept in the attribute `rolewright`, such as `<stack>/<logical name>`: what a call without an answer has made is known
   * by it and taken over. Without it a client of this clientId that is there already is always an error.
   */
  readonly key?: Input<string>;
}

/**
 * An application as a client of a realm: its permissions are roles of this client. Its access tokens carry them in a claim and
 * name it alone as their audience. Flows, redirect addresses and whatever else the client has are left as they are.
 */
export class Client extends CustomResource {
  declare readonly realm: Output<string>;
  declare readonly clientId: Output<string>;
  declare readonly name: Output<string>;
  declare readonly accessTokenLifespan: Output<number>;
  /** Empty where tokens do not carry the permissions as they should. */
  declare readonly claim: Output<string>;
  declare readonly key: Output<string | undefined>;

  constructor(name: string, args: ClientArgs, options?: CustomResourceOptions) {
    super(types.client, name, pick(args, 'realm', 'clientId', 'name', 'accessTokenLifespan', 'claim', 'key'), options);
  }

  /** One that is there, by its id, without managing it. */
  static get(name: string, id: Input<ID>, options?: CustomResourceOptions): Client {
    return new Client(name, {} as ClientArgs, { ...options, id });
  }
}

export interface PermissionsArgs {
  /** The id of the Client. */
  readonly client: Input<string>;
  /** Its clientId. */
  readonly clientId: Input<string>;
  /** All of them; what other tools have added stays. */
  readonly permissions: Input<readonly PermissionArgs[]>;
}

export interface PermissionArgs {
  /** As it stands in tokens. */
  readonly name: string;
  /** For people; may be empty. */
  readonly description: string;
}

/** The permissions that an application offers, as roles of its client. Its id is the client's. */
export class Permissions extends CustomResource {
  declare readonly client: Output<string>;
  declare readonly clientId: Output<string>;
  declare readonly permissions: Output<readonly PermissionArgs[]>;

  constructor(name: string, args: PermissionsArgs, options?: CustomResourceOptions) {
    super(types.permissions, name, pick(args, 'client', 'clientId', 'permissions'), options);
  }

  /** One that is there, by the id of its client, without managing it. */
  static get(name: string, id: Input<ID>, options?: CustomResourceOptions): Permissions {
    return new Permissions(name, {} as PermissionsArgs, { ...options, id });
  }
}

export interface RoleArgs {
  /** The realm, which must exist. Another one is another role. */
  readonly realm: Input<string>;
  /** What people are shown; it may change, and the role stays the same. */
  readonly name: Input<string>;
  /** What it is for; may be empty. */
  readonly description: Input<string>;
  /** Whose it is: as a Client's. */
  readonly key?: Input<string>;
}

/** A role of a realm. What it gives is a RolePermissions, who holds it are UserRoles. */
export class Role extends CustomResource {
  declare readonly realm: Output<string>;
  declare readonly name: Output<string>;
  declare readonly description: Output<string>;
  declare readonly key: Output<string | undefined>;

  constructor(name: string, args: RoleArgs, options?: CustomResourceOptions) {
    super(types.role, name, pick(args, 'realm', 'name', 'description', 'key'), options);
  }

  /** One that is there, by its id, without managing it. */
  static get(name: string, id: Input<ID>, options?: CustomResourceOptions): Role {
    return new Role(name, {} as RoleArgs, { ...options, id });
  }
}

export interface RolePermissionsArgs {
  /** The id of the Role. */
  readonly roleId: Input<string>;
  /** All that it gives, of whichever client. */
  readonly permissions: Input<readonly Input<RolePermissionArgs>[]>;
}

export interface RolePermissionArgs {
  readonly name: Input<string>;
  /** Of the client that offers it. */
  readonly clientId: Input<string>;
}

/**
 * What a role gives, all of it: what somebody adds by hand is taken away again, in nested roles too. Its id is the role's.
 */
export class RolePermissions extends CustomResource {
  declare readonly roleId: Output<string>;
  declare readonly permissions: Output<readonly { readonly name: string; readonly clientId: string }[]>;

  constructor(name: string, args: RolePermissionsArgs, options?: CustomResourceOptions) {
    super(types.rolePermissions, name, pick(args, 'roleId', 'permissions'), options);
  }

  /** Those of a role that is there, by its id, without managing them. */
  static get(name: string, id: Input<ID>, options?: CustomResourceOptions): RolePermissions {
    return new RolePermissions(name, {} as RolePermissionsArgs, { ...options, id });
  }
}

export interface UserRoleArgs {
  /** Keycloak's own id of the person. */
  readonly userId: Input<string>;
  /** The id of the Role. */
  readonly roleId: Input<string>;
}

/** One person holds one role. Whatever else the person holds, and whoever else holds the role, is left alone. */
export class UserRole extends CustomResource {
  declare readonly userId: Output<string>;
  declare readonly roleId: Output<string>;

  constructor(name: string, args: UserRoleArgs, options?: CustomResourceOptions) {
    super(types.userRole, name, pick(args, 'userId', 'roleId'), options);
  }

  /** One that is there, by `<role's id>|<person's id>`, without managing it. */
  static get(name: string, id: Input<ID>, options?: CustomResourceOptions): UserRole {
    return new UserRole(name, {} as UserRoleArgs, { ...options, id });
  }
}

export interface DefaultRoleArgs {
  /** The id of the Role. */
  readonly roleId: Input<string>;
}

/** A role that everybody of the realm holds: one of those that its default role is composed of. The others are left alone. */
export class DefaultRole extends CustomResource {
  declare readonly roleId: Output<string>;

  constructor(name: string, args: DefaultRoleArgs, options?: CustomResourceOptions) {
    super(types.defaultRole, name, pick(args, 'roleId'), options);
  }

  /** One that is there, by the id of its role, without managing it. */
  static get(name: string, id: Input<ID>, options?: CustomResourceOptions): DefaultRole {
    return new DefaultRole(name, {} as DefaultRoleArgs, { ...options, id });
  }
}

/** Each of them, undefined where it is not given: a resource has the outputs that it is made with, read ones too. */
function pick<Args extends object>(args: Args, ...properties: readonly (keyof Args & string)[]): Inputs {
  return Object.fromEntries(properties.map((property) => [property, args[property]]));
}
