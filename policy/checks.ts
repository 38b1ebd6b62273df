/**
 * What the policy pack holds resources to. Pure: a resource in, messages out, empty where all is well. Each message says
 * what is wrong and what to do.
 */

/** A resource as a check looks at it. */
export interface Checked {
  /** The logical name: `productiv.basic-user` for what Rolewright declares. */
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/** A permission that only some roles may hold. */
export interface Reserved {
  readonly scope: string;
  /** The API's identifier; undefined: of any API. */
  readonly audience?: string | undefined;
  /** Logical names of the resources that may hold it. */
  readonly roles: readonly string[];
}

/** What the provider writes where nobody has said anything. */
const nobodysWords = 'Managed by Pulumi';

/** A role that says what it is for can be reviewed. */
export function describedRole({ name, props }: Checked): readonly string[] {
  const { description } = props;
  const said = typeof description === 'string' ? description.trim() : '';
  if (said !== '' && said !== nobodysWords) return [];
  return [`role ${name} has no description: say what it is for`];
}

/** A role is emptied by taking its RolePermissions away, not by an empty set: the provider fails on one, and then is stuck. */
export function emptiedPermissions({ name, props }: Checked): readonly string[] {
  if (permissionsIn(props).length > 0) return [];
  return [`the RolePermissions of ${name} grant nothing: remove them, if the role is to be empty`];
}

/** Without these two settings the API ignores roles, and tokens carry no permissions. */
export function enforcedRoles({ name, props }: Checked): readonly string[] {
  const { enforcePolicies, tokenDialect } = props;
  const withPermissions = ['access_token_authz', 'rfc9068_profile_authz'];
  return [
    ...(enforcePolicies === true ? [] : [`API ${name} does not enforce roles: set enforcePolicies to true`]),
    ...(withPermissions.includes(String(tokenDialect))
      ? []
      : [`API ${name} puts no permissions into its tokens: set tokenDialect to ${withPermissions.join(' or ')}`]),
  ];
}

/** A reserved permission is held by the roles that are listed for it, and by no other one. */
export function reservedPermissions({ name, props }: Checked, reserved: readonly Reserved[]): readonly string[] {
  return permissionsIn(props).flatMap(({ name: scope, resourceServerIdentifier: audience }) => {
    const rules = reserved.filter((rule) => rule.scope === scope && [undefined, audience].includes(rule.audience));
    if (rules.length === 0 || rules.some(({ roles }) => roles.includes(name))) return [];
    const holders = [...new Set(rules.flatMap(({ roles }) => roles))].sort();
    const help = holders.length === 0 ? 'no role may hold it' : `it is reserved for ${holders.join(', ')}`;
    return [`role ${name} holds ${scope} of ${audience}: ${help}`];
  });
}

/** What people depend on is protected where they work, or one wrong line deletes it. */
export function protectedInProduction(
  { name }: Checked,
  { urn, protect }: { readonly urn: string; readonly protect: boolean },
  stacks: readonly string[],
): readonly string[] {
  if (protect || !stacks.includes(stackOf(urn))) return [];
  return [`${name} is not protected: set protect in its options, or in the Environment document`];
}

/**
 * The sensitive permissions of a `rolewright build`, each reserved for the roles that hold it there: whoever else comes to
 * hold one has not been through a review of the documents.
 */
export function reservedInBuild(build: unknown): readonly Reserved[] {
  const { applications = [] } = build as { applications?: readonly BuiltApplication[] };
  return applications.flatMap(({ name, audience, scopes, roles }) =>
    scopes
      .filter(({ sensitive }) => sensitive)
      .map(({ value }) => ({
        scope: value,
        audience,
        roles: roles.filter((role) => role.scopes.includes(value)).map((role) => `${name}.${role.name}`),
      })),
  );
}

interface BuiltApplication {
  readonly name: string;
  readonly audience: string;
  readonly scopes: readonly { readonly value: string; readonly sensitive: boolean }[];
  readonly roles: readonly { readonly name: string; readonly scopes: readonly string[] }[];
}

interface Permission {
  readonly name: string;
  readonly resourceServerIdentifier: string;
}

function permissionsIn({ permissions }: Checked['props']): readonly Permission[] {
  return Array.isArray(permissions) ? (permissions as readonly Permission[]) : [];
}

/** The stack of a URN: `urn:pulumi:<stack>::…`. */
function stackOf(urn: string): string {
  return urn.split('::')[0]?.replace('urn:pulumi:', '') ?? '';
}
