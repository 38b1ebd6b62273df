/** Ctrl-C and SIGTERM: the first asks the running work to end, the second ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

/** Listens until `stop` is called. */
export function listenForInterruption(onFirst: () => void, onSecond: () => never): Interruption {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) onSecond();
    onFirst();
    controller.abort();
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return {
    signal: controller.signal,
    stop: () => {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    },
  };
}
