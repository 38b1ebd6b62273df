const pause = 5_000;

/** Does work of which one sees nothing, and says every five seconds how long it has been going on. */
export async function whileSaying<T>(what: string, say: (message: string) => void, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  say(`${what} …`);
  const timer = setInterval(() => say(`${what} … ${Math.round((performance.now() - start) / 1000)} s`), pause);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
