/** Ctrl-C, SIGTERM and a terminal that is closed: the first asks the running work to end. */
export interface Interruption {
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listens until `stop` is called. */
export function listenForInterruption(onFirst: () => void, onAnother: (count: number) => void): Interruption {
  const controller = new AbortController();
  let count = 0;
  const listener = () => {
    count += 1;
    if (count > 1) {
      onAnother(count);
      return;
    }
    onFirst();
    controller.abort();
  };
  for (const name of signals) process.on(name, listener);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of signals) process.off(name, listener);
    },
  };
}
