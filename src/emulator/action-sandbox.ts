import { createRequire, isBuiltin } from 'node:module';
import { format } from 'node:util';
import { compileFunction } from 'node:vm';
import type { ActionToRun, Order, Report } from './action-protocol.ts';
import { postLogin } from './post-login-api.ts';

/**
 * The program of the process in which the actions of one sign-in run, one after the other (see `run-actions.ts`). It has no
 * environment and no files; the network it has, as in Auth0.
 */

const builtins = createRequire(import.meta.url);

type Handler = (event: object, api: object) => unknown;

process.once('message', async ({ actions, event, cache }: Order) => {
  const { api, effects } = postLogin(cache);
  for (const action of actions) {
    const error = await run(action, structuredClone(event), api);
    await tell({ kind: 'end', error, effects: effects() });
    if (error !== null || effects().denied !== null) {
      break;
    }
  }
});

/** Runs one action; what it threw, or null. */
async function run({ name, code, secrets }: ActionToRun, event: object, api: object): Promise<string | null> {
  try {
    const module = { exports: {} as { onExecutePostLogin?: Handler } };
    compileFunction(code, ['exports', 'require', 'module', 'console'], { filename: `${name}.js` })(
      module.exports,
      requireBuiltin,
      module,
      writtenDown,
    );
    const { onExecutePostLogin } = module.exports;
    if (typeof onExecutePostLogin !== 'function') {
      return 'The action exports no onExecutePostLogin.';
    }
    await onExecutePostLogin({ ...event, secrets }, api);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Packages of npm are not there. */
function requireBuiltin(name: string): unknown {
  if (!isBuiltin(name)) {
    throw new Error(`Cannot find module '${name}': the loopback tenant has only what comes with Node`);
  }
  return builtins(name);
}

const write = (...words: readonly unknown[]): void => void tell({ kind: 'console', text: `${format(...words)}\n` });
const writtenDown = { log: write, info: write, debug: write, warn: write, error: write };

function tell(report: Report): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.send?.(report, () => resolve());
  return promise;
}
