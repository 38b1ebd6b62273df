import { byCodePoint } from '../../language/source.ts';
import type { Application, Named } from '../definitions.ts';
import type { HeldPermission, Step } from '../effective-model.ts';

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
  return permissions.map((held) => ({ ...held, chains: held.chains.map((chain) => [step, ...chain]) }));
}
