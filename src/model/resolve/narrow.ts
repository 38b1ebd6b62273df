import { byCodePoint } from '../../language/source.ts';
import type { Application, Named } from '../definitions.ts';
import type { Chain, HeldPermission, Step } from '../effective-model.ts';

/** What a list of apps reaches besides the apps: their vendors, and the resellers of both, sorted. */
export function sellersOf(
  apps: readonly Named[],
  application: Application,
): { readonly vendors: readonly string[]; readonly resellers: readonly string[] } {
  const listed = application.apps.filter(({ name }) => apps.some((app) => app.name === name));
  const vendors = application.vendors.filter(({ name }) => listed.some(({ vendor }) => vendor === name));
  const resellers = [...listed, ...vendors].flatMap((seller) => seller.resellers);
  return { vendors: vendors.map(({ name }) => name), resellers: [...new Set(resellers)].sort(byCodePoint) };
}

/** The same permissions, reached by one step more. */
export function through(step: Step, permissions: readonly HeldPermission[]): readonly HeldPermission[] {
  const longer = (chain: Chain): Chain => [step, ...chain];
  return permissions.map((held) => {
    const [first, ...others] = held.chains;
    return { ...held, chains: [longer(first), ...others.map(longer)] };
  });
}
