import { parseArgs } from 'node:util';
import fc from 'fast-check';
import type { Base } from '../test/invariants/base.ts';
import { layBase } from '../test/invariants/base.ts';
import type { Case } from '../test/invariants/cases.ts';
import { caseText, kindOf, wasStruck } from '../test/invariants/cases.ts';
import { invariants, violationsOf, violationText } from '../test/invariants/invariants.ts';
import { applyByUp, applyPlainly, observe } from '../test/invariants/observe.ts';
import type { Pair } from '../test/invariants/pair.ts';
import { catalogPairs } from '../test/invariants/pairs/catalogs.ts';
import { handMadePairs } from '../test/invariants/pairs/hand-made.ts';
import { randomPairs } from '../test/invariants/pairs/random.ts';
import { visitsOf } from '../test/invariants/visits.ts';

/**
 * The long run: the seven invariants on the real engine, over every pair and every way through it, in an order that the seed
 * decides. Progress goes to stderr, the totals to stdout. Exit code 1 on a violation, unless the engine runs alone.
 */
const { values } = parseArgs({
  options: {
    /** How many random pairs; default 20. */
    pairs: { type: 'string', default: '20' },
    /** Default: another one each time. */
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** No base is laid after so many minutes; what is left out is counted. */
    minutes: { type: 'string', default: 'Infinity' },
    /** How many bases an earlier run of the same seed has been through. */
    skip: { type: 'string', default: '0' },
    /** The engine alone, without what `up` does about it, undisturbed: which invariants it keeps. */
    plain: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const skip = Number(values.skip);
const deadline = performance.now() + Number(values.minutes) * 60_000;
const random = fc.sample(randomPairs, { seed, numRuns: Number(values.pairs) });
const pairs = [...handMadePairs, ...(await catalogPairs()), ...random];
const visits = visitsOf(pairs, seed, ({ disturbance }) => !values.plain || disturbance === null);
const total = visits.reduce((sum, { cases }) => sum + cases.length, 0);
process.stderr.write(`seed ${seed}: ${pairs.length} pairs, ${total} cases on ${visits.length} bases\n`);

const counts = new Map<string, number>();
/** In how many cases an invariant was broken, by its number. */
const broken = new Map<number, number>();
const touched = new Set<Pair>();
let [visited, done, writes] = [skip, 0, 0];
for (const { pair, cases } of visits.slice(skip)) {
  if (performance.now() >= deadline) break;
  const base = await layBase(pair);
  for (const one of cases) await observeCase(base, one);
  await base.remove();
  visited += 1;
}

async function observeCase(base: Base, one: Case): Promise<void> {
  const { pair } = base;
  done += 1;
  touched.add(pair);
  process.stderr.write(`${done}  ${pair.name.slice(0, 80)}: ${caseText(pair, one)}\n`);
  const observation = await observe(base, { ...one, apply: values.plain ? applyPlainly : applyByUp });
  writes += observation.runs.reduce((sum, { instants }) => sum + instants.length, 0);
  increase(counts, wasStruck(one, observation) ? kindOf(one) : 'over before the write');
  const found = violationsOf(observation);
  for (const number of new Set(found.map((violation) => violation.number))) increase(broken, number);
  for (const violation of found) process.stderr.write(`  VIOLATION ${violationText(violation)}\n`);
  if (found.length > 0) process.stderr.write(`  of the pair ${pair.name}\n`);
}

function increase<T>(counter: Map<T, number>, key: T): void {
  counter.set(key, (counter.get(key) ?? 0) + 1);
}

const crashes = [...counts].filter(([kind]) => kind !== 'undisturbed' && kind !== 'over before the write');
const lines: readonly (readonly [string, string | number])[] = [
  ['seed', seed],
  ['bases', `${skip + 1} to ${visited} of ${visits.length}`],
  ['pairs', `${touched.size} of ${pairs.length}`],
  ['undisturbed', counts.get('undisturbed') ?? 0],
  ['crash points', crashes.reduce((sum, [, count]) => sum + count, 0)],
  ...crashes.sort().map(([kind, count]) => [`  ${kind}`, count] as const),
  ['over before the write', counts.get('over before the write') ?? 0],
  ['writes watched', writes],
  ...invariants.map(
    ({ number, name }) => [`${number} ${name}`, `broken in ${broken.get(number) ?? 0} of ${done}`] as const,
  ),
];
for (const [name, value] of lines) process.stdout.write(`${name.padEnd(28)}${value}\n`);
process.exitCode = broken.size === 0 || values.plain ? 0 : 1;
