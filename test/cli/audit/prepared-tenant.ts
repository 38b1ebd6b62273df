import type { Emulator } from '../../../src/emulator/start-emulator.ts';
import type { FilledTenant } from './filled-tenant.ts';
import { fillTenant } from './filled-tenant.ts';

/** A tenant in which an audit of `auditedDesk` finds one of each kind, and nothing else. */
export async function prepareTenant(emulator: Emulator, root: string): Promise<FilledTenant> {
  const tenant = await fillTenant(emulator, root, ['auditor']);
  const { person, permit, role, roleIds } = tenant;
  await permit('roles', await role('Legacy Support'), ['refund']);
  // A role of somebody else, which gives nothing of ours.
  await role('Newsletter');
  const remembered = { role: 'viewer', roleId: roleIds.get('Viewer'), at: '2026-11-01T08:00:00.000Z' };
  await person('bea', ['Owner']);
  await person('bob', ['Signer'], { blocked: true });
  await person('carl', ['Viewer', 'Zoom Viewers']);
  await person('dana', ['Editor']);
  await person('eve', ['Payer']);
  await permit('users', await person('fred', ['Viewer']), ['wipe']);
  await person('ken', ['Keeper']);
  await person('kim', ['Keeper']);
  await person('nina', ['Viewer'], { app_metadata: { rolewright_default_dev_desk: remembered } });
  await person('nobody', []);
  await person('ray', ['Legacy Support']);
  await person('rita', ['Refunder']);
  await person('sam', ['Payer', 'Signer']);
  await person('uma', ['Payer', 'Newsletter']);
  return tenant;
}

/** What an audit has said, with names in the place of what the tenant makes up: ids of roles, its port, what hangs on them. */
export function withoutChance(text: string, emulator: Emulator, { roleIds }: FilledTenant): string {
  const named = [...roleIds].reduce(
    (said, [title, id]) => said.replaceAll(id, `rol_${title.replaceAll(' ', '')}`),
    text.replaceAll(emulator.domain, '127.0.0.1:0'),
  );
  return named.replace(/("(model|findingsDigest)": "sha256:)[0-9a-f]{64}/gu, '$1…');
}
