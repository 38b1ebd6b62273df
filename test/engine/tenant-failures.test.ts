import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import type { FaultAnswer } from '../../src/emulator/faults.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import type { Run } from '../support/up-requests.ts';

const permissions = ['data/spend:view', 'data/contracts'];
const state = (...scopes: string[]) => desired([{ permissions, roles: [{ name: 'user', scopes }] }]);

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

/** One line, the exit code, and a next step. */
function expectFailure({ diagnostics, problems }: Run<unknown>, problem: RegExp, exitCode: number) {
  expect(problems).toEqual([expect.stringMatching(problem)]);
  expect(problems[0]).not.toContain('\n');
  expect(exitCodeOf(diagnostics, false)).toBe(exitCode);
  expect(diagnostics[0]?.help).toBeTruthy();
}

const faulty = (answer: FaultAnswer, times = 1_000) => {
  stack.emulator.addFault({ match: {}, times, answer });
};

test('a token that is refused, on reading and on writing', async () => {
  faulty({ status: 401 });
  expectFailure(await stack.up(state()), /^RW6303 127\.0\.0\.1:\d+ refused the credentials: 401 .*Invalid token/, 3);
  stack.emulator.clearFaults();
  await stack.up(state());
  faulty({ status: 401 });
  expectFailure(await stack.up(state('contracts')), /^RW6303 /, 3);
});

test('a client secret that is refused', async () => {
  const machine = { AUTH0_API_TOKEN: undefined, AUTH0_CLIENT_ID: stack.emulator.clientId };
  const env = { ...stack.env, ...machine, AUTH0_CLIENT_SECRET: 'wrong' };
  expectFailure(
    await stack.up(state(), { env }),
    /^RW6303 .* refused the credentials: .*(Unauthorized|access_denied)/,
    3,
  );
  const right = { ...env, AUTH0_CLIENT_SECRET: stack.emulator.clientSecret };
  expect((await stack.up(state(), { env: right })).problems).toEqual([]);
  const granted = await stack.up(state('contracts'), { env });
  expectFailure(granted, /^RW6303 /, 3);
});

test('a scope that the machine lacks, by name', async () => {
  await stack.up(state());
  const scopes = ['read:roles', 'read:resource_servers', 'update:resource_servers'];
  const weak = await startEmulator({ clients: [{ clientId: 'weak', clientSecret: 'weak', scopes }] });
  try {
    const machine = { AUTH0_API_TOKEN: undefined, AUTH0_CLIENT_ID: 'weak', AUTH0_CLIENT_SECRET: 'weak' };
    const env = { ...stack.env, ...weak.environment, ...machine };
    expectFailure(
      await stack.up(desired([{ permissions, roles: [] }, { name: 'other' }]), { env }),
      /^RW6304 .* does not allow to create API of application other: 403 Forbidden: Insufficient scope, expected any of: create:resource_servers/,
      3,
    );
  } finally {
    await weak.stop();
  }
});

test('a tenant that fails with 503', async () => {
  await stack.up(state());
  faulty({ status: 503 });
  expectFailure(await stack.up(state('contracts')), /^RW6306 .* failed to create grants of role shop.user: 503 /, 4);
  stack.emulator.clearFaults();
  expect((await stack.up(state('contracts'))).problems).toEqual([]);
});

test('a tenant that cannot be reached, whether it is read first or not', async () => {
  await stack.up(state());
  const env = { ...stack.env, AUTH0_DOMAIN: '127.0.0.1:9' };
  expectFailure(await stack.up(state('contracts'), { env }), /^RW6301 cannot reach 127\.0\.0\.1:9: .*refused/, 4);
  const created = desired([{ permissions, roles: [{ name: 'new' }] }]);
  expectFailure(await stack.up(created, { env }), /^RW6301 cannot reach 127\.0\.0\.1:9: .*ECONNREFUSED/, 4);
  expectFailure(await stack.preview(state(), { env, refresh: true }), /^RW6301 /, 4);
});

test('a certificate that is not trusted', async () => {
  const env = { ...stack.env, SSL_CERT_FILE: undefined, NODE_EXTRA_CA_CERTS: undefined };
  expectFailure(await stack.up(state(), { env }), /^RW6302 the certificate of 127\.0\.0\.1:\d+ is not trusted/, 4);
  await stack.up(state());
  expectFailure(await stack.up(state('contracts'), { env }), /^RW6302 /, 4);
});

test('a limited rate is waited out, and told', async () => {
  await stack.up(state());
  faulty({ status: 429, resetInSeconds: 6 }, 1);
  expect((await stack.up(state('contracts'))).problems).toEqual([]);
  expect(stack.progress).toContainEqual(
    expect.stringMatching(/waiting for 127.* it may be limiting the rate of calls/),
  );
});

test('a rate that stays limited ends the run, and the next one goes on', async () => {
  await stack.up(state());
  faulty({ status: 429, resetInSeconds: 3600 });
  expectFailure(
    await stack.up(state('contracts'), { patience: 3 }),
    /^RW6305 .* limits the rate of calls, for more than 3 s/,
    4,
  );
  stack.emulator.clearFaults();
  expect((await stack.up(state('contracts'))).problems).toEqual([]);
  expect(stack.emulator.snapshot().roles[0]?.permissions).toMatchObject([{ scope: 'contracts' }]);
});

test('a limited rate ends a run that is still reading, too', async () => {
  faulty({ status: 429, resetInSeconds: 3600 });
  expectFailure(
    await stack.up(state(), { patience: 3 }),
    /^RW6305 .* limits the rate of calls; the run was stopped/,
    4,
  );
});

test('a tenant that does not answer ends the run', async () => {
  await stack.up(state());
  faulty({ delayMilliseconds: 60_000 });
  expectFailure(await stack.up(state('contracts'), { patience: 2 }), /^RW6308 .* has not answered for 2 s/, 4);
});
