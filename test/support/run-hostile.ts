import { check } from '../../src/pipeline.ts';
import { honestCatalog, hostileInputs, longInheritance, manyMistakes } from './hostile-inputs.ts';

/** What became of one input. */
export interface Outcome {
  readonly name: string;
  /** Of processor time, which does not depend on what else the machine does. */
  readonly milliseconds: number;
  /** How many diagnostics of each code. */
  readonly codes: Readonly<Record<string, number>>;
}

/** Run by hostile.test.ts in a process of its own with little memory: checks each input and prints the outcomes as JSON. */
const outcomes = [
  outcomeOf('warm-up', [file(honestCatalog())]),
  outcomeOf('honest', [file(honestCatalog())]),
  ...hostileInputs.map(({ name, text }) => outcomeOf(name, [file(text())])),
  outcomeOf('many mistakes', manyMistakes()),
  outcomeOf('long inheritance', longInheritance()),
];
process.stdout.write(JSON.stringify({ outcomes, isPolluted: 'polluted' in {} }));

function outcomeOf(name: string, files: readonly { readonly path: string; readonly text: string }[]): Outcome {
  const before = process.cpuUsage();
  const [, diagnostics] = check(files);
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1000;
  const codes: Record<string, number> = {};
  for (const { code } of diagnostics) codes[code] = (codes[code] ?? 0) + 1;
  return { name, milliseconds, codes };
}

function file(text: string): { readonly path: string; readonly text: string } {
  return { path: 'roles/a.yaml', text };
}
