import { expect, it } from 'vitest';
import type { ObservedState } from '../../../src/model/observed-state.ts';
import { compareTenant } from '../../../src/reconcile/drift/compare-tenant.ts';
import { driftMarkdown } from '../../../src/report/drift/markdown.ts';
import { observedAsDeclared } from '../../support/observed.ts';
import { driftDesired } from './declared.ts';

const desired = driftDesired();
const declared = observedAsDeclared(desired);

/** A tenant with so many roles that nobody declares, in both applications. */
function crowded(count: number, title: (index: number) => string): ObservedState {
  const made = Array.from({ length: count }, (_, index) => ({
    id: `rol_${index}`,
    title: title(index),
    description: '',
    grants: [
      { audience: 'https://desk.example', scope: 'view:contract-data' },
      { audience: 'https://till.example', scope: 'sell' },
    ],
  }));
  return { ...declared, roles: [...declared.roles, ...made] };
}

function markdown(observed: ObservedState, limit: number): string {
  return driftMarkdown(
    compareTenant({ desired, observed, wanted: () => true, unread: 0, people: null }),
    desired,
    limit,
  );
}

it.each([400, 1000, 5000, 60_000])('is cut line by line to %i characters, and says so', (limit) => {
  const text = markdown(
    crowded(900, (index) => `Role ${index}`),
    limit,
  );
  // What repairs it is never cut off.
  expect(text.length).toBeLessThanOrEqual(Math.max(limit, 700));
  expect(text).toMatch(/\*\*Cut here: \d+ lines are not shown\.\*\* All of them: `rolewright drift`\./u);
  expect(text).toContain('Drift: 900 roles undeclared');
  expect((text.match(/^```/gmu) ?? []).length % 2).toBe(0);
});

it('is not cut where there is room', () => {
  expect(
    markdown(
      crowded(20, (index) => `Role ${index}`),
      60_000,
    ),
  ).not.toContain('Cut here');
});

it('lets no title end the block that it stands in', () => {
  const text = markdown(
    crowded(1, () => '```` \n```\n# Owned @everyone'),
    60_000,
  );
  const fences = text.match(/^`{3,}/gmu) ?? [];
  expect(fences).toEqual(['`````', '`````', '`````', '`````']);
  expect(text).not.toMatch(/^# Owned/mu);
});
