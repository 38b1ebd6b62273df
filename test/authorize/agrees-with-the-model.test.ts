import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { PolicyLevel, PolicyPermission, Resource } from '../../src/authorize/authorize.ts';
import { createAuthorizer } from '../../src/authorize/authorize.ts';
import { loadSources } from '../../src/language/load.ts';
import { compile } from '../../src/model/compile/compile.ts';
import type { Permission } from '../../src/model/definitions.ts';
import type {
  EffectiveApplication,
  EffectiveAssignment,
  EffectiveCustomRole,
  EffectiveModel,
  EffectiveRole,
} from '../../src/model/effective-model.ts';
import { claimsOf, modelOf, now, policyOf, sampleFiles } from './sample.ts';

type Holder = EffectiveRole | EffectiveCustomRole | EffectiveAssignment;

const [files] = await loadSources(fileURLToPath(new URL('../../', import.meta.url)));
const real = modelOf(files);
const sample = modelOf(sampleFiles);

/** What the effective model says, read without a thought of scopes, markers or tokens. */
function mayDo(holder: Holder, permission: Permission, rank: number, resource: Resource): boolean {
  const held = holder.permissions.find((one) => one.permission === permission.reference);
  if (held === undefined) return false;
  const heldRank = permission.levels.findIndex(({ name }) => name === held.level);
  if (permission.levels.length > 0 && heldRank < rank) return false;
  const isNarrowed = holder.kind !== 'role' && holder.apps.length > 0;
  if (permission.restrictedBy === null || !isNarrowed) return true;
  if ('app' in resource) return holder.apps.some(({ name }) => name === resource.app);
  if ('applicationWide' in resource || !(permission.levels[rank] ?? permission).alsoForVendors) return false;
  return 'vendor' in resource ? holder.vendors.includes(resource.vendor) : holder.resellers.includes(resource.reseller);
}

function resourcesOf({ definition: { apps, vendors } }: EffectiveApplication): readonly Resource[] {
  const resellers = new Set([...apps, ...vendors].flatMap((seller) => seller.resellers));
  return [
    { applicationWide: true },
    ...apps.map(({ name }) => ({ app: name })),
    ...vendors.map(({ name }) => ({ vendor: name })),
    ...[...resellers].map((name) => ({ reseller: name })),
  ];
}

interface Tally {
  yes: number;
  no: number;
  readonly wrong: string[];
}

/**
 * Asks for everything with a token made by hand of the scopes that the identity provider's role has.
 *
 * @param alter what is changed in the policy first, to see that a difference would be found
 */
function compareAll(
  model: EffectiveModel,
  environment: string,
  name: string,
  alter: (level: PolicyLevel, permission: PolicyPermission) => Partial<PolicyLevel & PolicyPermission> = () => ({}),
): Tally {
  const application = model.applications.find(({ definition }) => definition.name === name);
  const desired = compile(model, environment)[0]?.applications.find((one) => one.name === name);
  if (application === undefined || desired === undefined) throw new Error(`no ${name} in ${environment}`);
  const policy = policyOf(model, environment, name);
  const altered = Object.entries(policy.permissions).map(([reference, { title, restrictedBy, levels }]) => {
    const changed = levels.map((level) => ({
      ...level,
      restrictedBy,
      ...alter(level, { title, restrictedBy, levels }),
    }));
    return [reference, { title, restrictedBy: changed[0]?.restrictedBy ?? null, levels: changed }] as const;
  });
  const authorize = createAuthorizer({ ...policy, permissions: Object.fromEntries(altered) });
  const resources = resourcesOf(application);
  const permissions = application.definition.sections.flatMap((section) => section.permissions);
  const tally: Tally = { yes: 0, no: 0, wrong: [] };
  for (const holder of [...application.roles, ...application.customRoles, ...application.assignments]) {
    const roleName = holder.kind === 'assignment' ? holder.heldRole : holder.definition.name;
    const role = desired.roles.find((one) => one.name === roleName);
    if (role === undefined) continue;
    const claims = claimsOf(policy, role.scopes);
    for (const permission of permissions) {
      const references =
        permission.levels.length === 0
          ? [permission.reference]
          : permission.levels.map((level) => `${permission.reference}:${level.name}`);
      for (const [rank, reference] of references.entries()) {
        for (const resource of resources) {
          const expected = mayDo(holder, permission, rank, resource);
          const decision = authorize(claims, reference, resource, { now });
          tally[expected ? 'yes' : 'no'] += 1;
          if (decision.allowed === expected) continue;
          tally.wrong.push(`${roleName} ${reference} ${JSON.stringify(resource)}: ${JSON.stringify(decision)}`);
        }
      }
    }
  }
  return tally;
}

describe('authorize decides as the effective model does, for each role, permission, level and resource', () => {
  it.each([
    ['Productiv', real, 'production', 'productiv', 1000],
    ['FlexNet Operations', real, 'production', 'flexnet-operations', 500],
    ['Flex Rental', real, 'production', 'flex-rental', 100],
    ['the sample', sample, 'production', 'shop', 50],
    ['an application without restrictable roles', sample, 'production', 'ledger', 4],
  ])('of %s', (_, model, environment, name, atLeast) => {
    const { yes, no, wrong } = compareAll(model, environment, name);
    expect(wrong).toEqual([]);
    expect(yes + no).toBeGreaterThanOrEqual(atLeast);
    expect(Math.min(yes, no)).toBeGreaterThan(0);
  });

  it.each<readonly [string, (level: PolicyLevel, permission: PolicyPermission) => object]>([
    ['vendors at other levels', ({ alsoForVendors }) => ({ alsoForVendors: !alsoForVendors })],
    ['nothing restricted', () => ({ restrictedBy: null })],
    ['everything restricted', () => ({ restrictedBy: 'apps' })],
    ['other scopes', ({ scope }) => ({ scope: `${scope}-2` })],
  ])('and a policy with %s would be found', (_, alter) => {
    expect(compareAll(real, 'production', 'productiv', alter).wrong).not.toEqual([]);
  });
});

describe('two roles in one token', () => {
  const application = sample.applications.find(({ definition }) => definition.name === 'shop');
  const desired = compile(sample, 'production')[0]?.applications.find(({ name }) => name === 'shop');
  const policy = policyOf(sample, 'production', 'shop');
  const authorize = createAuthorizer(policy);
  const roles = desired?.roles ?? [];
  const pairs = roles.flatMap((one) => roles.map((other) => [one, other] as const));

  it.each(pairs.map(([one, other]) => [one.name, other.name, one, other] as const))(
    'with different markers deny what is restricted, and that alone: %s and %s',
    (_, __, one, other) => {
      const claims = claimsOf(policy, [...one.scopes, ...other.scopes]);
      const markers = new Set([...one.scopes, ...other.scopes].filter((scope) => scope.startsWith('restriction:')));
      const held = (scope: string) => one.scopes.includes(scope) || other.scopes.includes(scope);
      for (const resource of application === undefined ? [] : resourcesOf(application)) {
        const settings = authorize(claims, 'settings/manage-settings', resource, { now });
        expect(settings.allowed).toBe(held('shop-settings:manage-settings'));
        const spend = authorize(claims, 'data/spend-data:view', resource, { now });
        if (markers.size > 1) expect(spend).toMatchObject({ allowed: false, reason: 'conflicting-markers' });
        else if (spend.allowed === false) expect(spend.reason).not.toBe('conflicting-markers');
      }
    },
  );
});
