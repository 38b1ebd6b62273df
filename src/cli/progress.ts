/** Says what is being done, on stderr, once it takes long. */
export interface Progress {
  /** What is being done from now on. */
  readonly tell: (message: string) => void;
  /** Takes the line off the terminal, so that something else can be written; it comes back by itself. */
  readonly clear: () => void;
  readonly stop: () => void;
}

export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** A terminal gets one line that moves, everything else a line for each message. */
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Milliseconds of silence at first. */
  readonly patience?: number;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Progress of a run. The spinner of @clack/prompts is not used: it puts the terminal into raw mode and ends the process
 * with 0 on Ctrl-C, in the middle of an update; here Ctrl-C stays a signal.
 */
export function startProgress({ write, isTerminal, columns, patience = 1000 }: ProgressOptions): Progress {
  const from = performance.now();
  let message: string | null = null;
  let shown = false;
  let printed = Number.NEGATIVE_INFINITY;
  let turn = 0;
  let timer: NodeJS.Timeout | null = null;

  const clear = () => {
    if (shown) write('\r\u001b[2K');
    shown = false;
  };
  const draw = () => {
    if (message === null || performance.now() - from < patience) return;
    if (!isTerminal) {
      // Of a hundred steps a second a log needs the last.
      if (performance.now() - printed < 1000) return;
      printed = performance.now();
      write(`${message} …\n`);
      message = null;
      return;
    }
    clear();
    turn = (turn + 1) % frames.length;
    write(`${frames[turn]} ${message} …`.slice(0, Math.max(20, columns - 1)));
    shown = true;
  };
  return {
    tell: (next) => {
      message = next.charAt(0).toUpperCase() + next.slice(1);
      timer ??= setInterval(draw, 100).unref();
      draw();
    },
    clear,
    stop: () => {
      if (timer !== null) clearInterval(timer);
      timer = null;
      message = null;
      clear();
    },
  };
}
