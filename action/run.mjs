#!/usr/bin/env node
/**
 * The one step of the action: one verb of Rolewright, and what it says as comment, summary and outputs. What comes from
 * a pull request arrives in variables and files and is handed on as arguments; no shell reads it.
 */

import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findRolewright, runRolewright } from './rolewright.mjs';

const { env } = process;
const input = (name) => (env[`INPUT_${name.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();
const isOn = (name) => input(name) === 'true';
const each = (flag, text) => text.split(/\s+/u).flatMap((word) => (word === '' ? [] : [flag, word]));

const folder = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'rolewright-'));
const workDir = resolve(input('work-dir') || '.');

/**
 * What a verb has to tell.
 * @typedef {object} Told
 * @property {number} exitCode
 * @property {string} markdown empty: nothing
 * @property {Record<string, string>} outputs
 */

/** @type {Record<string, (rolewright: string) => Promise<Told>>} */
const commands = { check, diff, preview, up };

/** Its findings are annotations, which the runner reads from stdout. */
async function check(rolewright) {
  const strict = isOn('strict') ? ['--strict'] : [];
  const { exitCode } = await runRolewright(
    rolewright,
    ['check', '--format', 'github', ...strict],
    workDir,
    'annotations',
  );
  return { exitCode, markdown: '', outputs: {} };
}

async function diff(rolewright) {
  const range = `${input('base') || baseOfEvent()}...HEAD`;
  const asked = ['diff', '--quiet', range, ...stack(), ...each('--gate', input('gates'))];
  const as = (format, stdout) => runRolewright(rolewright, [...asked, '--format', format], workDir, stdout);
  const { exitCode, stdout, talk } = await as('markdown', 'kept');
  if (stdout === '') return { exitCode, markdown: untold('What this changes', 'diff', exitCode), outputs: {} };
  await as('github', 'annotations');
  const { stdout: json } = await as('json', 'kept');
  return { exitCode, markdown: stdout + refused(exitCode, talk), outputs: outputsOfDifference(JSON.parse(json)) };
}

async function preview(rolewright) {
  const plan = resolve(workDir, input('plan') || join(folder, 'plan.json'));
  // One that somebody has committed is not what is said now.
  rmSync(plan, { force: true });
  const expected = isOn('expect-no-changes') ? ['--expect-no-changes'] : [];
  const args = ['preview', '--quiet', ...stack(), '--plan', plan, ...each('--gate', input('gates')), ...expected];
  const { exitCode, stdout, talk } = await runRolewright(rolewright, args, workDir, 'kept');
  const title = `Preview of ${input('stack-name')}`;
  if (stdout === '') return { exitCode, markdown: untold(title, 'preview', exitCode), outputs: {} };
  const markdown = `### ${title}\n\n${asCode(stdout)}${refused(exitCode, talk)}`;
  if (!existsSync(plan)) return { exitCode, markdown, outputs: {} };
  const changes = JSON.parse(readFileSync(plan, 'utf8')).plan.changes.length > 0;
  return { exitCode, markdown, outputs: { changes: String(changes), 'plan-json': plan } };
}

async function up(rolewright) {
  const plan = input('plan') === '' ? [] : ['--plan', input('plan')];
  const args = ['up', ...stack(), '--yes', ...plan, ...each('--override', input('override'))];
  const { exitCode, stdout } = await runRolewright(rolewright, args, workDir, 'kept');
  return { exitCode, markdown: `### Stack ${input('stack-name')}\n\n${asCode(stdout)}`, outputs: {} };
}

/** The gravest change that anybody has to think about. */
function outputsOfDifference({ control, catalogs, subjects, provisioning, environments }) {
  const all = [control, catalogs, subjects, provisioning, environments].flat();
  const severities = [...subjects, ...provisioning].map(({ severity }) => severity);
  const risk = ['high', 'medium', 'low'].find((severity) => severities.includes(severity)) ?? 'none';
  return { changes: String(all.length > 0), risk };
}

function stack() {
  return input('stack-name') === '' ? [] : ['--stack', input('stack-name')];
}

/** The merge of a pull request has its base as the first parent; a group of a merge queue may have more commits. */
function baseOfEvent() {
  return event().merge_group?.base_sha ?? 'HEAD^1';
}

function event() {
  return env.GITHUB_EVENT_PATH ? JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8')) : {};
}

/** GitHub gives the run of a fork a token that only reads. */
function isFork() {
  const head = event().pull_request?.head?.repo?.full_name;
  return head !== undefined && head !== env.GITHUB_REPOSITORY;
}

/** Text of a terminal as an indented block, in which nothing is markup and which nothing ends. */
function asCode(text) {
  return `${text.trimEnd().replace(/^/gmu, '    ')}\n`;
}

/** What a gate or guard has said; there is room for so much behind a report that was cut to fit into a comment. */
function refused(exitCode, talk) {
  return exitCode === 5 ? `\n#### Refused\n\n${asCode(talk.slice(0, 1000))}` : '';
}

function untold(title, verb, exitCode) {
  return `### ${title} cannot be told: \`rolewright ${verb}\` ended with ${exitCode}, see the run\n`;
}

/** Prints what may hold words of a pull request, without the runner taking a line of it for a command. */
function print(text) {
  const token = randomUUID();
  process.stdout.write(`::stop-commands::${token}\n${text.trimEnd()}\n::${token}::\n`);
}

async function comment(rolewright, report) {
  if (isFork()) {
    print('A pull request from a fork is not commented on: its token only reads.');
    return 0;
  }
  const name = input('command') === 'diff' ? 'diff' : `${input('command')}-${input('stack-name')}`;
  const number = each('--pr', input('comment-on-pr-number'));
  const args = ['comment', report, '--name', name, ...number];
  const { exitCode, stdout } = await runRolewright(rolewright, args, workDir, 'kept', input('github-token'));
  print(stdout);
  return exitCode;
}

async function main() {
  const command = commands[input('command')];
  if (command === undefined)
    throw new Error(`command: there is check, diff, preview and up, not "${input('command')}"`);
  const rolewright = findRolewright(workDir);
  const { exitCode, markdown, outputs } = await command(rolewright);
  const report = join(folder, 'report.md');
  writeFileSync(report, markdown);
  if (markdown !== '') print(markdown);
  if (isOn('comment-on-summary') && env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, markdown);
  const all = { 'exit-code': String(exitCode), ...outputs, ...(markdown === '' ? {} : { report }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}=${value}\n`);
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, lines.join(''));
  const commented = isOn('comment-on-pr') && markdown !== '' ? await comment(rolewright, report) : 0;
  return exitCode || commented;
}

process.exitCode = await main().catch((error) => {
  print(`error: ${error.message}`);
  return 2;
});
