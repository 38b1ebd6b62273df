import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot } from '../../src/emulator/start-emulator.ts';
import { callTenant } from './call-tenant.ts';
import { audience, declarationOf, scopes, viewer } from './declaration.ts';
import type { Ran } from './run-command.ts';
import { runCommand } from './run-command.ts';
import type { Situation } from './situations.ts';
import type { Tool } from './tool.ts';
import type { Watched } from './watch.ts';
import { startWatched } from './watch.ts';

/** What came of one situation with one tool. */
export interface Outcome {
  readonly plan: Ran & Watched;
  readonly apply: Ran & Watched;
  readonly end: Snapshot;
  /** The second apply, after what went wrong was mended; null where nothing went wrong. */
  readonly again: (Ran & Watched & { readonly end: Snapshot }) | null;
  /** The role that was watched, at the start. */
  readonly roleId: string;
}

/** A tenant and a folder as a tool has left them after its first apply, kept to begin from again and again. */
export interface Start {
  readonly folder: string;
  readonly store: string;
}

/**
 * Lets a tool make the start, on an empty tenant, and gives Viewer to somebody.
 *
 * @throws when the tenant does not hold what every tool shall start from
 */
export async function makeStart(tool: Tool, isGuarded: boolean, room: string): Promise<Start> {
  const folder = join(room, 'start');
  const store = join(room, 'start.sqlite');
  mkdirSync(folder, { recursive: true });
  const emulator = await startWatched({ store });
  try {
    const declaration = declarationOf(viewer, isGuarded);
    tool.declare(folder, declaration);
    for (const command of [...tool.prepare, tool.apply]) {
      const { exitCode, output } = await runCommand(command, folder, tool.environment(emulator, folder, declaration));
      if (exitCode !== 0)
        throw new Error(`${tool.name} cannot make the start: ${command.typed} ended with ${exitCode}\n${output}`);
    }
    checkStart(tool, emulator.snapshot());
    const person = {
      connection: 'Username-Password-Authentication',
      email: 'dana@example.com',
      password: 'long Enough 1!',
    };
    const { user_id } = (await callTenant(emulator, 'POST', '/users', person)) as { user_id: string };
    await callTenant(emulator, 'POST', `/users/${user_id}/roles`, { roles: [roleIdOf(emulator.snapshot())] });
  } finally {
    await emulator.stop();
  }
  return { folder, store };
}

/** Takes a copy of the start through a situation. */
export async function play(tool: Tool, situation: Situation, start: Start, room: string): Promise<Outcome> {
  const folder = join(room, situation.id);
  const store = join(room, `${situation.id}.sqlite`);
  cpSync(start.folder, folder, { recursive: true, verbatimSymlinks: true });
  cpSync(start.store, store);
  const emulator = await startWatched({ store });
  try {
    const roleId = roleIdOf(emulator.snapshot());
    const declaration = declarationOf(situation.after, situation.isGuarded);
    tool.declare(folder, declaration);
    const environment = tool.environment(emulator, folder, declaration);
    const run = async (command: Tool['plan']) => {
      const [ran, watched] = await emulator.during(roleId, () => runCommand(command, folder, environment));
      return { ...ran, ...watched };
    };
    const plan = await run(situation.after.slip === null ? tool.plan : tool.check);
    if (situation.fault !== null) emulator.addFault(situation.fault);
    const apply = await run(tool.apply);
    const end = emulator.snapshot();
    emulator.clearFaults();
    const again = situation.fault === null ? null : { ...(await run(tool.apply)), end: emulator.snapshot() };
    return { plan, apply, end, again, roleId };
  } finally {
    await emulator.stop();
  }
}

function roleIdOf({ roles }: Snapshot): string {
  return roles.find(({ name }) => name === viewer.title)?.id ?? '';
}

function checkStart({ name }: Tool, { resourceServers, roles }: Snapshot): void {
  const found = {
    apis: resourceServers.map((api) => [api.identifier, api.scopes.toSorted()]),
    roles: roles.map((role) => [role.name, role.permissions.map(({ scope }) => scope)]),
  };
  const { roles: declared } = declarationOf(viewer, false);
  const wanted = {
    apis: [[audience, [...scopes]]],
    roles: declared.map(({ title, permissions }) => [title, permissions]),
  };
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`${name} starts from something else: ${JSON.stringify(found)}`);
}
