import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { SourceFile } from '../../src/language/source.ts';
import { linted, needsActionlint, whyNot } from './actionlint.ts';
import { problemsOf } from './rules.ts';
import { actionFile, initWorkflows, ownWorkflows, stepsOf, workflowOf } from './workflow.ts';

const all = [...ownWorkflows, ...initWorkflows, actionFile];

/** The steps of the action as a workflow with the same inputs, for actionlint reads the expressions of workflows only. */
function actionAsWorkflow(): SourceFile {
  const { inputs = {}, runs } = workflowOf(actionFile);
  const called = Object.entries(inputs).map(([name, { description }]) => [name, { description, type: 'string' }]);
  const workflow = {
    on: { workflow_call: { inputs: Object.fromEntries(called) } },
    jobs: { action: { 'runs-on': 'ubuntu-24.04', steps: runs?.steps } },
  };
  return { path: '.github/workflows/action.yaml', text: stringify(workflow) };
}

describe('every workflow, and the action', () => {
  it.each(all.map((file) => [file.path, file] as const))('%s keeps our rules', (_, file) => {
    expect(problemsOf(file)).toEqual([]);
  });

  it('has scripts that bash can read', () => {
    const scripts = all.flatMap((file) => stepsOf(workflowOf(file)).flatMap(([, { run }]) => (run ? [run] : [])));
    expect(scripts.length).toBeGreaterThan(15);
    for (const input of scripts) expect(spawnSync('bash', ['-n'], { input, encoding: 'utf8' }).stderr).toBe('');
  });

  it.skipIf(whyNot !== null)(needsActionlint('is right for actionlint'), () => {
    expect(linted(initWorkflows)).toBe('');
    // `uses: ./` is held to the inputs of the action.
    expect(linted([...ownWorkflows, actionFile])).toBe('');
    expect(linted([actionAsWorkflow()])).toBe('');
  });

  it('hands every input of the action to its script, and nothing else', () => {
    const { inputs = {}, runs } = workflowOf(actionFile);
    const variable = (name: string) => `INPUT_${name.toUpperCase().replaceAll('-', '_')}`;
    const expected = Object.keys(inputs).map((name) => [variable(name), `\${{ inputs.${name} }}`]);
    expect(runs?.steps.map(({ env }) => env)).toEqual([Object.fromEntries(expected)]);
    for (const name of Object.keys(inputs)) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/u);
  });
});
