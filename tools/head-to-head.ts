import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findEngine } from '../src/reconcile/engine.ts';
import { auth0 } from '../src/targets/auth0/target.ts';
import { deployCli, findDeployCli } from './head-to-head/deploy-cli.ts';
import { plainPulumi } from './head-to-head/plain-pulumi.ts';
import { rolewright } from './head-to-head/rolewright.ts';
import type { Situation } from './head-to-head/situations.ts';
import { situations } from './head-to-head/situations.ts';
import type { Outcome } from './head-to-head/stage.ts';
import { makeStart, play } from './head-to-head/stage.ts';
import type { Result } from './head-to-head/tables.ts';
import { situationTable, withTables } from './head-to-head/tables.ts';
import type { Tool } from './head-to-head/tool.ts';

/**
 * The same seven situations with auth0-deploy-cli, with plain Pulumi and with Rolewright, each on loopback tenants that are
 * watched call by call. The tables go to stdout, progress to stderr; with `--write` the tables go into docs/comparison.md too.
 * Takes ten minutes, half of them auth0-deploy-cli's, which takes ten seconds to start.
 *
 *     node tools/head-to-head.ts [--situation M2]… [--tool Pulumi]… [--keep FOLDER] [--write]
 */
const { values } = parseArgs({
  options: {
    situation: { type: 'string', multiple: true, default: situations.map(({ id }) => id) },
    tool: { type: 'string', multiple: true, default: ['auth0-deploy-cli', 'Pulumi', 'Rolewright'] },
    /** Where what came of each situation is kept, with the whole output of each command; what is there is not run again. */
    keep: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/comparison.md');
const say = (line: string) => process.stderr.write(`${line}\n`);
const chosen = situations.filter(({ id }) => values.situation.includes(id));
const isWhole = chosen.length === situations.length && values.tool.length === 3;
if (values.write && !isWhole) fail('--write needs all situations and all tools');

const [engine, [problem]] = await findEngine(process.env, auth0.plugin);
if (engine === null) fail(`${problem?.message}; ${problem?.help}`);
const main = values.tool.includes('auth0-deploy-cli') ? [deployCli(await findDeployCli(say))] : [];
const tools = [...main, plainPulumi(engine, join(root, 'node_modules')), rolewright(engine, root)].filter(({ name }) =>
  values.tool.includes(name),
);
const room = mkdtempSync(join(tmpdir(), 'rolewright-head-to-head-'));
// What a process has compiled, the next one need not compile again; nothing else is faster by it.
process.env.NODE_COMPILE_CACHE ??= join(room, 'compiled');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => fail('interrupted'));
process.once('exit', () => rmSync(room, { recursive: true, force: true }));

const played = new Map<Tool, ReadonlyMap<Situation, Outcome>>();
// The quick ones first.
for (const tool of tools.toReversed()) played.set(tool, await playAll(tool));
const tables = chosen.map((situation) => situationTable(situation, resultsOf(situation)));
const typed = tools.map(
  ({ name, version, plan, apply }) => `- ${name} ${version}: \`${plan.typed}\`, \`${apply.typed}\``,
);
const text = ['Printed by `node tools/head-to-head.ts --write`:\n', ...typed, '', ...tables].join('\n');
process.stdout.write(text);
if (values.write) writeFileSync(page, withTables(readFileSync(page, 'utf8'), text));

async function playAll(tool: Tool): Promise<ReadonlyMap<Situation, Outcome>> {
  const outcomes = new Map<Situation, Outcome>();
  for (const isGuarded of [false, true]) {
    const mine = chosen.filter((situation) => situation.isGuarded === isGuarded);
    if (mine.length === 0) continue;
    const own = join(room, `${tool.name}-${isGuarded ? 'guarded' : 'plain'}`);
    const missing = mine.filter((situation) => {
      const kept = keptOutcome(tool, situation);
      if (kept !== null) outcomes.set(situation, kept);
      return kept === null;
    });
    if (missing.length === 0) continue;
    say(`${tool.name}: makes the start${isGuarded ? ', with its switches on' : ''}`);
    const start = await makeStart(tool, isGuarded, own);
    for (const situation of missing) {
      say(`${tool.name}: ${situation.id} ${situation.title}`);
      const outcome = await play(tool, situation, start, own);
      outcomes.set(situation, outcome);
      if (values.keep === undefined) continue;
      mkdirSync(values.keep, { recursive: true });
      writeFileSync(keptFile(values.keep, tool, situation), `${JSON.stringify(outcome, null, 2)}\n`);
    }
  }
  return outcomes;
}

function keptOutcome(tool: Tool, situation: Situation): Outcome | null {
  if (values.keep === undefined || !existsSync(keptFile(values.keep, tool, situation))) return null;
  return JSON.parse(readFileSync(keptFile(values.keep, tool, situation), 'utf8')) as Outcome;
}

function keptFile(folder: string, { name, version }: Tool, { id }: Situation): string {
  return join(folder, `${id}-${name}-${version}.json`);
}

function resultsOf(situation: Situation): readonly Result[] {
  return tools.flatMap((tool) => {
    const outcome = played.get(tool)?.get(situation);
    return outcome === undefined ? [] : [{ tool, outcome }];
  });
}

function fail(message: string): never {
  say(`head-to-head: ${message}`);
  process.exit(1);
}
