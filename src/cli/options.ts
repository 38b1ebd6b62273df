import { Option } from 'commander';

/** `--format`, with `-j` for json where there is one. */
export function formatOptions(formats: readonly string[]): readonly Option[] {
  const [first] = formats;
  const format = new Option('--format <format>', 'how to print it').choices([...formats]).default(first);
  const short = new Option('-j, --json', 'short for --format json').implies({ format: 'json' });
  return formats.includes('json') ? [format, short] : [format];
}

/** `--stack`, which may come from PULUMI_STACK. */
export function stackOption(): Option {
  return new Option('-s, --stack <name>', 'the stack: the environment of that name').env('PULUMI_STACK');
}

/** The examples of a verb's help, a command line and what it is for. */
export function examples(lines: readonly (readonly [commandLine: string, purpose: string])[]): string {
  const width = Math.max(...lines.map(([line]) => line.length));
  const rows = lines.map(([line, purpose]) => `  $ rolewright ${line.padEnd(width)}  # ${purpose}`);
  return `\nExamples:\n${rows.join('\n')}`;
}
