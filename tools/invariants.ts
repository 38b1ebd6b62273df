import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { layBase } from '../test/invariants/base.ts';
import type { Case } from '../test/invariants/cases.ts';
import { casesOf, caseText, kindOf, wasStruck } from '../test/invariants/cases.ts';
import { violationsOf, violationText } from '../test/invariants/invariants.ts';
import type { Circumstances } from '../test/invariants/observe.ts';
import { applyByUp, applyPlainly, observe } from '../test/invariants/observe.ts';
import type { Pair } from '../test/invariants/pair.ts';
import { catalogPairs } from '../test/invariants/pairs/catalogs.ts';
import { handMadePairs } from '../test/invariants/pairs/hand-made.ts';
import { randomPairs } from '../test/invariants/pairs/random.ts';

/**
 * The long run: the seven invariants on the real engine, over every pair and every way through it, in an order that the seed
 * decides. Progress goes to stderr, the totals to stdout. Exit code 1 on a violation.
 */
const { values } = parseArgs({
  options: {
    /** How many random pairs; default 20. */
    pairs: { type: 'string', default: '20' },
    /** Default: another one each time. */
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** No case is begun after so many minutes; what is left out is counted. */
    minutes: { type: 'string', default: 'Infinity' },
    /** The engine alone, without what `up` does about it, undisturbed: which invariants it keeps. */
    plain: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const deadline = performance.now() + Number(values.minutes) * 60_000;
const apply: Circumstances['apply'] = values.plain ? applyPlainly : applyByUp;
const random = fc.sample(randomPairs, { seed, numRuns: Number(values.pairs) });
const pairs = [...handMadePairs, ...(await catalogPairs()), ...random];

interface Todo {
  readonly pair: Pair;
  readonly cases: Case[];
}

/** The same shuffle for the same seed. */
function shuffled<T>(list: readonly T[]): T[] {
  return fc.sample(fc.shuffledSubarray([...list], { minLength: list.length }), { seed, numRuns: 1 })[0] ?? [];
}

const todo = shuffled(pairs).map(
  (pair): Todo => ({
    pair,
    cases: shuffled(casesOf(pair).filter(({ disturbance }) => !values.plain || disturbance === null)),
  }),
);
const total = todo.reduce((sum, { cases }) => sum + cases.length, 0);
const counts = new Map<string, number>();
const broken = new Map<number, number>();
let [done, writes, violations] = [0, 0, 0];
const touched = new Set<Pair>();
process.stderr.write(`seed ${seed}: ${pairs.length} pairs, ${total} cases\n`);

// Where time is short, a few cases of each pair, then a few more of each: it has then seen something of everything.
while (todo.some(({ cases }) => cases.length > 0) && performance.now() < deadline) {
  for (const { pair, cases } of todo) {
    const next = cases.splice(0, Number.isFinite(deadline) ? 2 : cases.length);
    if (next.length === 0 || performance.now() >= deadline) continue;
    const base = await layBase(pair);
    for (const one of next) await observeCase(base, one);
    await base.remove();
  }
}

async function observeCase(base: Awaited<ReturnType<typeof layBase>>, one: Case): Promise<void> {
  const { pair } = base;
  done += 1;
  touched.add(pair);
  process.stderr.write(`${done} of ${total}  ${pair.name.slice(0, 80)}: ${caseText(pair, one)}\n`);
  const observation = await observe(base, { ...one, apply });
  const found = violationsOf(observation);
  writes += observation.runs.reduce((sum, { instants }) => sum + instants.length, 0);
  const kind = wasStruck(one, observation) ? kindOf(one) : 'over before the write';
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  violations += found.length;
  for (const violation of found) {
    broken.set(violation.number, (broken.get(violation.number) ?? 0) + 1);
    process.stderr.write(`  VIOLATION ${violationText(violation)}\n`);
  }
  if (found.length > 0) process.stderr.write(`  of the pair ${pair.name}\n`);
}

const crashes = [...counts].filter(([kind]) => kind !== 'undisturbed' && kind !== 'over before the write');
const lines: readonly (readonly [string, string | number])[] = [
  ['seed', seed],
  ['pairs', `${touched.size} of ${pairs.length}`],
  ['undisturbed', counts.get('undisturbed') ?? 0],
  ['crash points', crashes.reduce((sum, [, count]) => sum + count, 0)],
  ...crashes.sort().map(([kind, count]) => [`  ${kind}`, count] as const),
  ['over before the write', counts.get('over before the write') ?? 0],
  ['left out', total - done],
  ['writes watched', writes],
  ['violations', violations],
  ...[...broken].sort().map(([number, count]) => [`  of invariant ${number}`, count] as const),
];
for (const [name, value] of lines) process.stdout.write(`${name.padEnd(28)}${value}\n`);
process.exitCode = violations === 0 ? 0 : 1;
