import { describe, expect, it } from 'vitest';
import { managementScopes } from '../../src/emulator/management-api.ts';
import type { ScopeUse } from '../../src/targets/auth0/needed-scopes.ts';
import { compareScopes, scopeNeeds } from '../../src/targets/auth0/needed-scopes.ts';

const names = (list: readonly { readonly scope: string }[]) => list.map(({ scope }) => scope);
const neededFor = (...uses: readonly ScopeUse[]) => names(compareScopes([], uses).needed);

describe('the scopes that are needed', () => {
  it('exist, each once', () => {
    const all = names(scopeNeeds);
    expect(all.filter((scope) => !managementScopes.includes(scope))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('grow with what is declared', () => {
    expect(neededFor()).toContain('update:roles');
    expect(neededFor()).not.toContain('update:users');
    expect(neededFor('assignments')).toEqual(expect.arrayContaining(['update:users', 'create:role_members']));
    expect(neededFor('assignments').join()).not.toContain('actions');
    expect(neededFor('provisioning')).toEqual(expect.arrayContaining(['read:actions', 'delete:actions']));
  });
});

describe('a comparison', () => {
  const needed = neededFor('assignments');

  it('finds nothing where exactly that is granted', () => {
    expect(compareScopes(needed, ['assignments'])).toMatchObject({ missing: [], dangerous: [], onlyReads: false });
  });

  it('names what is missing, and what it is for', () => {
    const granted = needed.filter((scope) => scope !== 'delete:roles');
    expect(compareScopes(granted, ['assignments']).missing).toEqual([
      { scope: 'delete:roles', use: 'always', to: 'remove roles that are no longer declared' },
    ]);
  });

  it('tells a machine that may only look from one that lacks something', () => {
    const reading = needed.filter((scope) => scope.startsWith('read:'));
    expect(compareScopes(reading, []).onlyReads).toBe(true);
    expect(compareScopes([...reading, 'update:roles'], []).onlyReads).toBe(false);
  });

  it('warns of what is dangerous, unless it is needed', () => {
    const granted = [...needed, 'create:client_grants', 'read:clients'];
    expect(names(compareScopes(granted, ['assignments']).dangerous)).toEqual(['create:client_grants']);
    expect(names(compareScopes(granted, []).dangerous)).toEqual(['create:client_grants', 'update:users']);
  });
});
