import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/language/source.ts';
import { linted, needsActionlint, whyNot } from './actionlint.ts';
import { problemsOf } from './rules.ts';
import { initWorkflows } from './workflow.ts';

/** One thing that somebody might do to a workflow, and what must be said of it. */
interface Mistake {
  readonly file: 'permissions' | 'permissions-apply' | 'permissions-stack';
  readonly before: string;
  readonly after: string;
  readonly said: string;
}

const expression = (text: string) => `\${{ ${text} }}`;
const notFromAFork = 'github.event.pull_request.head.repo.full_name == github.repository';
const install = 'run: npm ci --ignore-scripts';

const againstOurRules: Readonly<Record<string, Mistake>> = {
  'a tag': permissions('@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1', '@v7', 'is not pinned'),
  'another digest': permissions('@3d3c42e5', '@00000000', 'is not pinned'),
  'another version in words': permissions('# v7.0.1', '# v8.0.0', 'is not pinned'),
  'an action that nobody has looked at': permissions('actions/setup-node@', 'someone/setup-node@', 'is not pinned'),
  'a run on the work of strangers': permissions(
    '  pull_request:',
    '  pull_request_target:',
    'it runs on pull_request_target',
  ),
  'all permissions': permissions('permissions: {}', 'permissions: write-all', 'each should say what it needs'),
  'no permissions': permissions('    permissions:\n      contents: read\n', '', 'check: does not say'),
  'a permission too many': permissions('contents: read', 'contents: write', 'check: may write contents'),
  'no concurrency': permissions('concurrency:', 'env:', 'are not kept apart'),
  'two at once': stack(`apply-${expression('inputs.stack')}`, 'apply', 'two may apply to one stack'),
  'an end before its time': stack('cancel-in-progress: false', 'cancel-in-progress: true', 'may be cut off'),
  'no approval': stack(`environment: ${expression('inputs.stack')}\n`, 'env: {}\n', 'without the environment'),
  'a piece of script': permissions('"$BASE...', `"${expression('github.base_ref')}...`, 'pasted into the script'),
  'a token left behind': permissions('persist-credentials: false', 'persist-credentials: true', 'leaves its token'),
  'a comment from a fork': permissions(
    `&& ${notFromAFork}\n        env`,
    '\n        env',
    'would use the token of a fork',
  ),
  'secrets in a fork': permissions(
    `${notFromAFork} &&\n      github.event`,
    'github.event',
    'preview: has secrets in a fork',
  ),
  'secrets that write': permissions(`${expression('matrix.stack')}-plan`, 'production', 'has secrets that write'),
  'secrets for all': stack(`environment: ${expression('inputs.stack')}-plan\n`, 'env: {}\n', 'without an environment'),
  'secrets for npm': stack(
    install,
    `env:\n          A: ${expression('secrets.A')}\n        ${install}`,
    "than Rolewright's",
  ),
  'no end': permissions('    timeout-minutes: 10\n', '', 'may run for six hours'),
  'a pipe that hides a failure': permissions('    shell: bash\n', '    shell: sh\n', 'would be missed'),
  'whatever is newest': permissions('npm ci', 'npm install', 'what the lock file does not say'),
  'whatever can be downloaded': permissions(
    'node_modules/.bin/rolewright',
    'npx rolewright',
    'may run what is not installed',
  ),
};

const againstGitHub: Readonly<Record<string, Mistake>> = {
  'a misspelt key': permissions('runs-on:', 'run-on:', 'unexpected key "run-on"'),
  'an output that nobody sets': permissions('steps.diff.outputs', 'steps.dif.outputs', '"dif" is not defined'),
  'a job that is not there': stack('needs: plan', 'needs: plans', '"plans"'),
  'an input that is not there': {
    file: 'permissions-apply',
    before: '    with:\n      stack:',
    after: '    with:\n      stak:',
    said: 'input "stak" is not defined',
  },
  'a permission that is not there': permissions('pull-requests: write', 'pull-request: write', '"pull-request"'),
  'a title in a script': permissions(
    'exit "$CODE"',
    `echo ${expression('github.event.pull_request.title')}`,
    'untrusted',
  ),
};

function permissions(before: string, after: string, said: string): Mistake {
  return { file: 'permissions', before, after, said };
}

function stack(before: string, after: string, said: string): Mistake {
  return { file: 'permissions-stack', before, after, said };
}

/** The workflow with the mistake in it; what is changed must be there to be changed. */
function withMistake({ file: name, before, after }: Mistake): SourceFile {
  const file = initWorkflows.find(({ path }) => path.endsWith(`/${name}.yaml`));
  if (!file?.text.includes(before)) throw new Error(`${name}.yaml has no ${before}`);
  return { ...file, text: file.text.replace(before, () => after) };
}

describe('a workflow that is wrong', () => {
  it.each(Object.entries(againstOurRules))('is caught by our rules: %s', (_, mistake) => {
    expect(problemsOf(withMistake(mistake))).toEqual(expect.arrayContaining([expect.stringContaining(mistake.said)]));
  });

  it.skipIf(whyNot !== null).each(Object.entries(againstGitHub))(
    needsActionlint('is caught by actionlint: %s'),
    (_, mistake) => {
      const file = withMistake(mistake);
      expect(linted([...initWorkflows.filter(({ path }) => path !== file.path), file])).toContain(mistake.said);
    },
  );
});
