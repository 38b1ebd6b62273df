import type { DesiredState } from '../src/model/desired-state.ts';
import { desired } from '../test/support/desired.ts';
import type { BenchStack, Call } from './bench-stack.ts';
import { startAuth0Stack, startKeycloakStack } from './bench-stack.ts';

/**
 * What stacks of 10 and 100 roles cost with either identity provider, or of as many as are named: `node bench/keycloak.ts 500`.
 * Calls that the tenant is asked, how many of them write, and seconds. Both in one run and in turn, so that a busy machine slows
 * both alike. Auth0 is the loopback tenant, which answers at once; Keycloak is a real server, that of KEYCLOAK_URL or one that is
 * started for it. Prints Markdown.
 */
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10, 100];
const permissionsOfRole = 10;
const permissions = Array.from({ length: 100 }, (_, index) => `p${String(index).padStart(3, '0')}`);

interface Step {
  readonly name: string;
  readonly run: (stack: BenchStack, roles: number) => Promise<void>;
}

/** In this order: each finds what the one before has left. */
const steps: readonly Step[] = [
  { name: 'first `up`', run: (stack, roles) => stack.up(stateOf(roles)) },
  { name: '`up`, nothing to do', run: (stack, roles) => stack.up(stateOf(roles)) },
  { name: '`up`, one grant more', run: (stack, roles) => stack.up(stateOf(roles, ['p099'])) },
  {
    name: '`up --refresh`, nothing to do',
    run: (stack, roles) => stack.up(stateOf(roles, ['p099']), { refresh: true }),
  },
  { name: '`drift`', run: (stack, roles) => stack.drift(stateOf(roles, ['p099'])) },
];

/** One application of a hundred permissions, of which each role holds ten, and the first one perhaps more. */
function stateOf(count: number, more: readonly string[] = []): DesiredState {
  const roles = Array.from({ length: count }, (_, index) => ({
    name: `role-${String(index).padStart(3, '0')}`,
    scopes: permissions.slice(index % 90, (index % 90) + permissionsOfRole).concat(index === 0 ? more : []),
  }));
  return desired([{ permissions: permissions.map((name) => `data/${name}`), roles }]);
}

async function measure(stack: BenchStack, { run }: Step, roles: number): Promise<string> {
  const before = stack.calls().length;
  const start = performance.now();
  await run(stack, roles);
  const seconds = (performance.now() - start) / 1000;
  return `${callsText(stack.calls().slice(before))}, ${seconds.toFixed(1)} s`;
}

function callsText(calls: readonly Call[]): string {
  const asked = calls.filter(({ isSignIn }) => !isSignIn);
  const writes = asked.filter(({ isWrite }) => isWrite).length;
  return `${asked.length} calls${writes === 0 ? '' : `, ${writes} of them write`}`;
}

process.stdout.write('| roles | | Auth0 | Keycloak |\n|---|---|---|---|\n');
for (const roles of sizes) {
  const stacks = [await startAuth0Stack(), await startKeycloakStack()];
  try {
    for (const step of steps) {
      const cells: string[] = [];
      for (const stack of stacks) cells.push(await measure(stack, step, roles));
      process.stdout.write(`| ${roles} | ${step.name} | ${cells.join(' | ')} |\n`);
    }
  } finally {
    for (const stack of stacks) await stack.stop();
  }
}
