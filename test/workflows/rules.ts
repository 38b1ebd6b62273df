import type { SourceFile } from '../../src/language/source.ts';
import type { Job, Workflow } from './workflow.ts';
import { stepsOf, workflowOf } from './workflow.ts';

/** The actions of others that are used, each at one version; the digests are those of their tags, looked up by hand. */
const pins: Readonly<Record<string, string>> = {
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  'actions/download-artifact': '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1',
  'actions/setup-go': 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0',
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
  'actions/upload-artifact': 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0',
  'github/codeql-action/upload-sarif': '8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2',
  'pulumi/actions': '8e5e406f4007fca908480587cb9893c07090f58d # v7.0.0',
};

/** All that any job may write. */
const writes: readonly string[] = ['diff: pull-requests', 'code-scanning: security-events'];

/** Events that run with secrets on what a stranger wrote. */
const dangerous = ['pull_request_target', 'workflow_run', 'issue_comment'];

const notFromAFork = 'github.event.pull_request.head.repo.full_name == github.repository';

type Rule = (workflow: Workflow, file: SourceFile) => readonly string[];

const rules: readonly Rule[] = [pinned, triggers, permissions, concurrency, injection, credentials, secrets, bounds];

/** Everything that is wrong with a workflow or an action by our own rules; actionlint knows those of GitHub. */
export function problemsOf(file: SourceFile): readonly string[] {
  const workflow = workflowOf(file);
  return rules.flatMap((rule) => rule(workflow, file));
}

function pinned(_: Workflow, { text }: SourceFile): readonly string[] {
  const used = [...text.matchAll(/^[\s-]*uses: *(.*)$/gmu)].map(([, what = '']) => what);
  return used.flatMap((what) => {
    if (what.startsWith('./')) return [];
    const [name = '', version = ''] = what.split(/@(.*)/su);
    return pins[name] === version ? [] : [`${what} is not pinned to the digest that is known`];
  });
}

function triggers({ on = {} }: Workflow): readonly string[] {
  return dangerous.filter((event) => event in on).map((event) => `it runs on ${event}`);
}

function permissions(workflow: Workflow): readonly string[] {
  if (workflow.jobs === undefined) return [];
  const given = JSON.stringify(workflow.permissions);
  return [
    ...(given === '{}' ? [] : [`every job is given ${given}, where each should say what it needs`]),
    ...jobsOf(workflow).flatMap(([name, job]) => {
      if (job.permissions === undefined) return [`${name}: does not say its permissions`];
      return Object.entries(job.permissions)
        .filter(([what, access]) => access !== 'read' && !writes.includes(`${name}: ${what}`))
        .map(([what]) => `${name}: may write ${what}`);
    }),
  ];
}

function concurrency(workflow: Workflow): readonly string[] {
  if (workflow.jobs === undefined) return [];
  const isCalled = workflow.on !== undefined && 'workflow_call' in workflow.on;
  const applies = jobsOf(workflow).filter(([, { steps = [] }]) =>
    steps.some(({ run = '' }) => /rolewright (?:up|destroy)/u.test(run)),
  );
  return [
    ...(isCalled || workflow.concurrency?.group.includes('${{') ? [] : ['runs of it are not kept apart']),
    ...applies.flatMap(([name, job]) => [
      ...(job.concurrency?.group.includes('stack') ? [] : [`${name}: two may apply to one stack at once`]),
      ...(job.concurrency?.['cancel-in-progress'] === false ? [] : [`${name}: may be cut off while it applies`]),
      ...(job.environment?.endsWith('.stack }}') ? [] : [`${name}: applies without the environment of its stack`]),
    ]),
  ];
}

/** An expression is pasted into the script before the shell reads it: whoever chose its value writes a piece of script. */
function injection(workflow: Workflow): readonly string[] {
  const pasted = stepsOf(workflow).filter(([, { run = '' }]) => run.includes('${{'));
  return pasted.map(([, step]) => `an expression is pasted into the script of "${step.name ?? step.id}"`);
}

function credentials(workflow: Workflow): readonly string[] {
  return stepsOf(workflow).flatMap(([, { uses = '', with: given = {}, env = {}, if: condition = '', name }]) => [
    ...(uses.startsWith('actions/checkout@') && given['persist-credentials'] !== false
      ? ['a checkout leaves its token behind']
      : []),
    ...('GITHUB_TOKEN' in env && !condition.includes(notFromAFork) ? [`"${name}" would use the token of a fork`] : []),
  ]);
}

function secrets(workflow: Workflow, { text }: SourceFile): readonly string[] {
  const onPullRequests = workflow.on !== undefined && 'pull_request' in workflow.on;
  const using = jobsOf(workflow).filter(([, job]) => /secrets\.|"secrets":"inherit"/u.test(JSON.stringify(job)));
  return [
    ...(workflow.runs !== undefined && text.includes('secrets.') ? ['an action reads secrets'] : []),
    ...using.flatMap(([name, job]) => [
      ...(onPullRequests && !job.if?.includes(notFromAFork) ? [`${name}: has secrets in a fork`] : []),
      ...(onPullRequests && !job.environment?.endsWith('-plan') ? [`${name}: has secrets that write`] : []),
      ...(job.environment === undefined && job.uses === undefined
        ? [`${name}: has secrets without an environment`]
        : []),
      ...(JSON.stringify([job.if, job.steps?.filter(({ run = '' }) => !run.includes('rolewright'))]).includes(
        'secrets.',
      )
        ? [`${name}: hands secrets to another step than Rolewright's`]
        : []),
    ]),
  ];
}

function bounds(workflow: Workflow): readonly string[] {
  const shell = workflow.defaults?.run?.shell;
  return [
    ...jobsOf(workflow)
      .filter(([, job]) => job.uses === undefined && job['timeout-minutes'] === undefined)
      .map(([name]) => `${name}: may run for six hours`),
    ...stepsOf(workflow).flatMap(([, { run, name, shell: own = shell }]) => [
      ...(run !== undefined && own !== 'bash' ? [`"${name}": a failed command of a pipe would be missed`] : []),
      ...(/npm (?:i|install)\b/u.test(run ?? '') ? [`"${name}": installs what the lock file does not say`] : []),
      ...(/\bnpx\b/u.test(run ?? '') ? [`"${name}": may run what is not installed`] : []),
    ]),
  ];
}

function jobsOf({ jobs = {} }: Workflow): readonly (readonly [name: string, job: Job])[] {
  return Object.entries(jobs);
}
