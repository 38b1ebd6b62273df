import type { Shop, ShopRole } from '../shop.ts';

/** What the pairs that are written by hand are made of. */
export const permissions = [
  { name: 'spend', levels: ['view', 'edit'], isRestricted: true },
  { name: 'contracts', isRestricted: true },
  { name: 'reports' },
];
export const withoutReports = permissions.filter(({ name }) => name !== 'reports');
export const charts = (title: string) => [...withoutReports, { name: 'charts', title, formerly: ['reports'] }];
export const user = { name: 'user', grants: ['reports', 'spend:view'] };
export const admin = { name: 'admin', grants: ['contracts', 'reports', 'spend:edit'] };
export const owner = { name: 'owner', grants: ['contracts', 'spend:edit'], apps: ['zoom'] };

/** An application whose roles can be narrowed. */
export const shop = (roles: readonly ShopRole[], more: Partial<Shop> = {}): readonly Shop[] => [
  { permissions, apps: ['slack', 'zoom'], roles, ...more },
];
/** One whose roles cannot. */
export const plain = (...roles: readonly ShopRole[]): readonly Shop[] => [{ permissions, roles }];
export const held = (roles: readonly ShopRole[], ...holders: readonly (readonly [role: string, person: string])[]) =>
  shop(roles, { holders: holders.map(([role, person]) => ({ role, person })) });

export const without = ({ name, ...role }: ShopRole, ...grants: readonly string[]): ShopRole => ({
  ...{ name, ...role },
  grants: role.grants.filter((grant) => !grants.includes(grant)),
});
export const withMore = (role: ShopRole, ...grants: readonly string[]): ShopRole => ({
  ...role,
  grants: [...role.grants, ...grants],
});
