import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ResourceValidationArgs, ResourceValidationPolicy } from '@pulumi/policy';
import { PolicyPack } from '@pulumi/policy';
import type { Checked, Reserved } from './checks.ts';
import {
  describedRole,
  emptiedPermissions,
  enforcedRoles,
  protectedInProduction,
  reservedInBuild,
  reservedPermissions,
} from './checks.ts';

const types = {
  api: 'auth0:index/resourceServer:ResourceServer',
  scopes: 'auth0:index/resourceServerScopes:ResourceServerScopes',
  role: 'auth0:index/role:Role',
  rolePermissions: 'auth0:index/rolePermissions:RolePermissions',
} as const;

/** A policy over resources of some types. */
function policy(
  given: Pick<ResourceValidationPolicy, 'name' | 'description' | 'configSchema'>,
  appliesTo: readonly string[],
  check: (resource: Checked, args: ResourceValidationArgs) => readonly string[],
): ResourceValidationPolicy {
  return {
    ...given,
    enforcementLevel: 'mandatory',
    validateResource: (args, reportViolation) => {
      if (!appliesTo.includes(args.type)) return;
      for (const message of check({ name: args.name, props: args.props }, args)) reportViolation(message);
    },
  };
}

interface ReservedConfig {
  /** A file with the output of `rolewright build`; its path is absolute, or starts from the folder of this pack. */
  readonly build?: string;
  readonly permissions?: readonly Reserved[];
}

function reservedBy({ build, permissions = [] }: ReservedConfig): readonly Reserved[] {
  return build === undefined ? permissions : [...permissions, ...readBuild(build)];
}

const builds = new Map<string, readonly Reserved[]>();

/** A file that was named and cannot be read fails the run: a list that is missing must not allow everything. */
function readBuild(path: string): readonly Reserved[] {
  const known = builds.get(path);
  if (known !== undefined) return known;
  const reserved = reservedInBuild(JSON.parse(readFileSync(resolve(import.meta.dirname, path), 'utf8')));
  builds.set(path, reserved);
  return reserved;
}

new PolicyPack('rolewright', {
  policies: [
    policy({ name: 'described-role', description: 'A role has a description.' }, [types.role], describedRole),
    policy(
      { name: 'no-emptied-permissions', description: 'RolePermissions grant something.' },
      [types.rolePermissions],
      emptiedPermissions,
    ),
    policy(
      { name: 'enforced-roles', description: 'An API enforces roles, and puts permissions into its tokens.' },
      [types.api],
      enforcedRoles,
    ),
    policy(
      {
        name: 'reserved-permissions',
        description: 'A reserved permission is held by the roles that are listed for it.',
        configSchema: {
          properties: {
            build: { type: 'string' },
            permissions: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  scope: { type: 'string' },
                  audience: { type: 'string' },
                  roles: { type: 'array', items: { type: 'string' } },
                },
                required: ['scope', 'roles'],
              },
            },
          },
        },
      },
      [types.rolePermissions],
      (resource, args) => reservedPermissions(resource, reservedBy(args.getConfig<ReservedConfig>())),
    ),
    policy(
      {
        name: 'protected-in-production',
        description: 'APIs, scopes, roles and their grants are protected in stacks where people work.',
        configSchema: {
          properties: { stacks: { type: 'array', items: { type: 'string' }, default: ['production'] } },
        },
      },
      Object.values(types),
      (resource, { urn, opts: { protect }, getConfig }) =>
        protectedInProduction(resource, { urn, protect }, getConfig<{ stacks: readonly string[] }>().stacks),
    ),
  ],
});
