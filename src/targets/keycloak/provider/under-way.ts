import type { Provider } from '@pulumi/pulumi/provider/index.js';

/** A provider that knows whether the engine waits for it. */
export interface Counted {
  readonly verbs: Provider;
  /** Called once, as soon as nothing is under way: at once where nothing is. */
  readonly whenIdle: (then: () => void) => void;
}

export function counted(provider: Provider): Counted {
  let underWay = 0;
  let waiting: (() => void) | null = null;
  const settle = () => {
    if (underWay > 0) return;
    waiting?.();
    waiting = null;
  };
  const verbs = Object.entries(provider).map(([name, verb]: [string, unknown]) => {
    if (typeof verb !== 'function') return [name, verb];
    const count = async (...inputs: readonly unknown[]): Promise<unknown> => {
      underWay += 1;
      try {
        return await verb(...inputs);
      } finally {
        underWay -= 1;
        settle();
      }
    };
    return [name, count];
  });
  return {
    verbs: Object.fromEntries(verbs) as Provider,
    whenIdle: (then) => {
      waiting = then;
      settle();
    },
  };
}
