import type { Emulator } from '../../src/emulator/start-emulator.ts';
import type { Declaration } from './declaration.ts';

/** A tool as its users have it: files to write, and commands to type. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** Writes the declaration into a folder, over what an earlier one wrote. State in the same folder is left alone. */
  readonly declare: (folder: string, declaration: Declaration) => void;
  /** What has to be done once before the first apply. */
  readonly prepare: readonly Command[];
  readonly plan: Command;
  /** What is typed where the declaration itself is wrong; mostly the plan again. */
  readonly check: Command;
  readonly apply: Command;
  /** The environment of its commands, besides what the machine has anyway. */
  readonly environment: (
    emulator: Emulator,
    folder: string,
    declaration: Declaration,
  ) => Readonly<Record<string, string>>;
  /** The lines of a plan that say what will change or is wrong, in order, without what is another in each run. */
  readonly said: (output: string) => readonly string[];
  /** The lines of an output that say what went wrong; none if nothing did. */
  readonly complaints: (output: string) => readonly string[];
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** As somebody would type it. */
  readonly typed: string;
}
