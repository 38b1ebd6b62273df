import type { Argument, Command, Option } from 'commander';

/** Something that could stand at the end of a command line. */
export interface Suggestion {
  readonly value: string;
  /** One line; empty where nothing is to be said. */
  readonly description: string;
}

/** What a command line that is being typed asks for: words that are known, a name of the repository, or a file. */
export type Wanted =
  | { readonly kind: 'words'; readonly words: readonly Suggestion[] }
  | { readonly kind: 'name'; readonly what: NameWanted; readonly verb: string; readonly before: readonly string[] }
  | { readonly kind: 'file' };

export const namesWanted = ['application', 'app', 'gate', 'permission', 'revision', 'role', 'stack'] as const;

/** Words by which arguments and flags ask for such a name. */
const alsoCalled: Readonly<Record<string, NameWanted>> = {
  base: 'revision',
  from: 'stack',
  head: 'revision',
  override: 'gate',
  to: 'stack',
};

/** A name that the documents know, or git, or we. */
export type NameWanted = (typeof namesWanted)[number];

/** The word that is being typed, and what it could become. */
export interface Asked {
  readonly typed: string;
  /** What stands before it in the same word: `--format=`. */
  readonly prefix: string;
  /** The folder that the command line names; null: the current one. */
  readonly folder: string | null;
  readonly wanted: Wanted;
}

/** Reads a command line whose last word is being typed, perhaps still empty; the first word is behind `rolewright`. */
export function readCommandLine(program: Command, words: readonly string[]): Asked {
  const last = words.at(-1) ?? '';
  const operands: string[] = [];
  let command = program;
  let folder: string | null = null;
  let pending: Option | null = null;
  const ask = (wanted: Wanted, typed = last, prefix = ''): Asked => ({ typed, prefix, folder, wanted });
  for (const word of words.slice(0, -1)) {
    if (pending !== null) {
      if (pending.long === '--cwd') folder = word;
      pending = null;
    } else if (word === '--') return ask({ kind: 'file' });
    else if (word.startsWith('-')) {
      const option = optionOf(program, command, word.split('=', 1)[0] ?? word);
      if (option?.required && !word.includes('=')) pending = option;
      if (option?.long === '--cwd' && word.includes('=')) folder = word.slice(word.indexOf('=') + 1);
    } else if (command !== program) operands.push(word);
    else {
      const verb = verbsOf(program).find((known) => known.name() === word);
      if (verb === undefined) return ask(nothing);
      command = verb;
    }
  }
  const context = { verb: command.name(), before: operands };
  if (pending !== null) return ask(argumentOf(pending, context));
  const assigned = last.startsWith('--') ? last.indexOf('=') : -1;
  if (assigned > 0) {
    const option = optionOf(program, command, last.slice(0, assigned));
    const wanted = option === null ? nothing : argumentOf(option, context);
    return ask(wanted, last.slice(assigned + 1), last.slice(0, assigned + 1));
  }
  if (last.startsWith('-')) return ask({ kind: 'words', words: flagsOf(program, command) });
  if (command === program) return ask({ kind: 'words', words: verbWords(program) });
  const argument = command.registeredArguments.at(operands.length) ?? variadic(command);
  return ask(argument === null ? nothing : operandOf(argument, program, context));
}

interface Context {
  readonly verb: string;
  readonly before: readonly string[];
}

const nothing: Wanted = { kind: 'words', words: [] };

function argumentOf(option: Option, context: Context): Wanted {
  if (option.argChoices !== undefined) return choices(option.argChoices);
  const placeholder = /[<[](\w+)/u.exec(option.flags)?.[1] ?? '';
  if (['file', 'folder', 'path'].includes(placeholder)) return { kind: 'file' };
  return nameOr(option.long?.slice(2) ?? '', context);
}

function operandOf(argument: Argument, program: Command, context: Context): Wanted {
  if (argument.argChoices !== undefined) return choices(argument.argChoices);
  if (argument.name() === 'verb') return { kind: 'words', words: verbWords(program) };
  if (['file', 'files', 'folder', 'path'].includes(argument.name())) return { kind: 'file' };
  return nameOr(argument.name(), context);
}

function nameOr(word: string, context: Context): Wanted {
  const what = alsoCalled[word] ?? namesWanted.find((name) => name === word);
  return what === undefined ? nothing : { kind: 'name', what, ...context };
}

function choices(values: readonly string[]): Wanted {
  return { kind: 'words', words: values.map((value) => ({ value, description: '' })) };
}

function verbsOf(program: Command): readonly Command[] {
  return program.createHelp().visibleCommands(program);
}

function verbWords(program: Command): readonly Suggestion[] {
  return verbsOf(program).map((verb) => ({ value: verb.name(), description: verb.summary() || verb.description() }));
}

function flagsOf(program: Command, command: Command): readonly Suggestion[] {
  const help = program.createHelp();
  const options = [...help.visibleOptions(command), ...(command === program ? [] : program.options)];
  return options.flatMap(({ long, description }) => (long ? [{ value: long, description }] : []));
}

function optionOf(program: Command, command: Command, flag: string): Option | null {
  return [...command.options, ...program.options].find(({ short, long }) => short === flag || long === flag) ?? null;
}

function variadic(command: Command): Argument | null {
  return command.registeredArguments.find((argument) => argument.variadic) ?? null;
}
