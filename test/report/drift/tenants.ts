import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byCodePoint } from '../../../src/language/source.ts';
import type { Drift } from '../../../src/model/drift.ts';
import { compareTenant } from '../../../src/reconcile/drift/compare-tenant.ts';
import { observedAsDeclared } from '../../support/observed.ts';
import { changedByHand } from './by-hand.ts';
import { driftDesired } from './declared.ts';

/** Where the golden tenants are: a folder each, with what somebody did (`by-hand.yaml`), and what is to be told of it. */
export const tenantFolder = join(import.meta.dirname, 'cases');

/** Their names, sorted. */
export const tenants: readonly string[] = readdirSync(tenantFolder).sort(byCodePoint);

/** How a golden tenant differs from what is declared. */
export function driftOf(name: string): Drift {
  const desired = driftDesired();
  const byHand = readFileSync(join(tenantFolder, name, 'by-hand.yaml'), 'utf8');
  const observed = changedByHand(observedAsDeclared(desired), byHand);
  return compareTenant({ desired, observed, wanted: () => true, unread: 0, people: null });
}
