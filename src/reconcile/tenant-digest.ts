import { byCodePoint } from '../language/source.ts';
import { digestOf } from '../model/compile/digest.ts';
import type { Undertaking } from './updates.ts';

/**
 * A digest of what the tenant holds as far as a preview with a refresh has read it: every resource of ours with its id,
 * the accounts of the people who are declared by address, and what of the roles and APIs to be created is there already.
 * Nothing foreign is in it: what other people's roles hold may change at any time.
 */
export function tenantDigest({ seen, accounts, settlement }: Undertaking): string {
  const resources = seen.resources
    .toSorted((a, b) => byCodePoint(a.urn, b.urn))
    .map(({ urn, id, holds }) => ({ urn, id, holds: unordered(holds) }));
  const { adoption, orphans } = settlement;
  return digestOf({ resources, accounts: accounts.now, adoption, orphans });
}

/** Lists at the tenant are sets, which it may give in any order. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(unordered).sort((a, b) => byCodePoint(JSON.stringify(a), JSON.stringify(b)));
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => byCodePoint(a, b))
      .map(([key, item]) => [key, unordered(item)]),
  );
}
