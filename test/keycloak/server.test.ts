import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { whyNoKeycloak } from '../../tools/keycloak/server.ts';

const tools = join(import.meta.dirname, '../../tools');

/** Starts a server, tells its address, and goes on until it is ended. */
const program = `
  const { startKeycloak } = await import(${JSON.stringify(`file://${tools}/keycloak/server.ts`)});
  console.log((await startKeycloak(() => {})).url);
  setInterval(() => {}, 1000);
`;

const isAnswering = (url: string) =>
  fetch(`${url}/realms/master`).then(
    ({ ok }) => ok,
    () => false,
  );

describe.skipIf(whyNoKeycloak() !== null)('the server of the demo and of the tests', () => {
  it('ends with the process that has started it, also where that is killed', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = await new Promise<string>((resolve) => {
      parent.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    });
    expect(await isAnswering(url)).toBe(true);
    parent.kill('SIGKILL');
    for (let waited = 0; waited < 50 && (await isAnswering(url)); waited += 1) await sleep(100);
    expect(await isAnswering(url)).toBe(false);
  });
});

describe('a machine without Java', () => {
  it('is told so by the demo, with what to do', () => {
    const { JAVA: _, JAVA_HOME: __, ...env } = process.env;
    const demo = spawnSync(process.execPath, [join(tools, 'demo-keycloak.ts')], {
      env: { ...env, PATH: tools },
      encoding: 'utf8',
    });
    expect(demo.status).toBe(2);
    expect(demo.stdout).toBe('');
    expect(demo.stderr).toMatch(/there is no Java .*: install a JDK of 17 or newer/);
  });
});
