import { describe, expect, onTestFinished, test } from 'vitest';
import type { Snapshot } from '../../src/emulator/start-emulator.ts';
import { permissionCount, startWatched, watchedOf } from '../../tools/head-to-head/watch.ts';
import { tenantCall } from '../support/tenant-call.ts';

const audience = 'https://api.example.com';
const permission = (scope: string) => ({ resource_server_identifier: audience, permission_name: scope });

describe('the fewest permissions that a role had', () => {
  test('are those of the worst instant, however short, and not those of the end', () => {
    const [read, write] = [{ isWrite: false }, { isWrite: true }];
    expect(watchedOf([read, write, write], [2, 2, 0, 3])).toEqual({ reads: 1, writes: 2, fewest: 0 });
    expect(watchedOf([], [2])).toEqual({ reads: 0, writes: 0, fewest: 2 });
  });

  test('are none where the role is gone, although another has its name', () => {
    const role = { id: 'rol_new', name: 'Viewer', description: '', permissions: [{ audience, scope: 'read:a' }] };
    const snapshot: Snapshot = { resourceServers: [], roles: [role], users: [] };
    expect(permissionCount(snapshot, 'rol_new')).toBe(1);
    expect(permissionCount(snapshot, 'rol_old')).toBe(0);
  });

  test('are seen between two calls, and only while somebody looks', async () => {
    const emulator = await startWatched({});
    onTestFinished(emulator.stop);
    const scopes = ['read:a', 'read:b'];
    await tenantCall(emulator, 'POST', '/resource-servers', {
      identifier: audience,
      scopes: scopes.map((value) => ({ value })),
    });
    const { id } = (await tenantCall(emulator, 'POST', '/roles', { name: 'Viewer' })) as { id: string };
    const path = `/roles/${id}/permissions`;
    const all = { permissions: scopes.map(permission) };
    await tenantCall(emulator, 'POST', path, all);
    const [, emptied] = await emulator.during(id, async () => {
      await tenantCall(emulator, 'DELETE', path, all);
      await tenantCall(emulator, 'POST', path, all);
    });
    expect(emptied).toEqual({ reads: 0, writes: 2, fewest: 0 });
    await tenantCall(emulator, 'DELETE', path, { permissions: [permission('read:b')] });
    const [, added] = await emulator.during(id, () => tenantCall(emulator, 'POST', path, all));
    expect(added).toEqual({ reads: 0, writes: 1, fewest: 1 });
  });
});
