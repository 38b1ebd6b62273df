import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GitHubApi } from './github-api.ts';
import { botToken, startGitHubApi } from './github-api.ts';
import type { PullRequestRepository } from './pull-request-repository.ts';
import { pullRequestRepository } from './pull-request-repository.ts';
import type { Expressions, JobRun } from './run-job.ts';
import { runJob } from './run-job.ts';
import { initWorkflows, workflowOf } from './workflow.ts';

const workflow = workflowOf(
  initWorkflows.find(({ path }) => path.endsWith('/permissions.yaml')) ?? { path: '', text: '' },
);
const fromABranch =
  "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository";
const stacks = "join(fromJSON(vars.ROLEWRIGHT_STACKS || '[]'), ' ')";
const marker = '<!-- rolewright-comment-id: diff -->\n';
const viewer = 'roles/desk/roles/viewer.yaml';
const auditor = 'roles/desk/roles/auditor.yaml';

let repository: PullRequestRepository;
let github: GitHubApi;
beforeEach(async () => {
  github = await startGitHubApi();
  repository = await pullRequestRepository();
});
afterEach(() => github.stop());

/** Runs a job of the workflow that `init` has written, as GitHub would for the pull request. */
function run(name: 'check' | 'diff', more: Expressions = {}): Promise<JobRun> {
  const job = workflow.jobs?.[name];
  if (job === undefined) throw new Error(`no job ${name}`);
  const known = {
    "github.event.merge_group.base_sha || 'HEAD^1'": 'HEAD^1',
    'vars.ROLEWRIGHT_GATES': '',
    [stacks]: '',
    'github.token': botToken,
    [fromABranch]: 'true',
    ...more,
  };
  const { GITHUB_TOKEN: _, ...environment } = github.environment;
  return runJob(job, { folder: repository.folder, known, env: environment });
}

const codes = ({ steps }: JobRun) => steps.map(({ code }) => code);
const comments = () => github.comments().map(({ body }) => body);

/** A role more, which holds something sensitive. */
function addAuditor(): void {
  repository.propose((file) =>
    file(auditor).write(`apiVersion: rolewright/v1
kind: Role
metadata:
  application: desk
  name: auditor
  description: Looks after who may come in.
spec:
  grants:
    - administration/manage-users
`),
  );
}

describe('the workflow of a pull request, as init writes it', () => {
  it('checks, and keeps one comment that says who gains and who loses what', async () => {
    addAuditor();
    expect(codes(await run('check'))).toEqual([0, 0, 0]);
    const first = await run('diff');
    expect(codes(first)).toEqual([0, 0, 0]);
    expect(comments()).toEqual([expect.stringMatching(/^<!-- rolewright-comment-id: diff -->\n.*Auditor/su)]);
    expect(`${marker}${first.summary}`).toBe(comments()[0]);

    repository.propose((file) => file(auditor).remove());
    expect(codes(await run('diff'))).toEqual([0, 0, 0]);
    expect(comments()).toEqual([expect.stringMatching(/No change/u)]);
  });

  it('shows a fork the same, without a token that writes', async () => {
    addAuditor();
    github.calls();
    const { steps, summary } = await run('diff', { [fromABranch]: 'false', 'github.token': 'unused' });
    expect(steps.map(({ name, code }) => [name, code])).toEqual([
      ['Compare with the base', 0],
      ['Comment on the pull request', null],
      ['Hold it against the gates', 0],
    ]);
    expect(summary).toContain('Auditor');
    expect(github.calls()).toEqual([]);
  });

  it('comments first, with what refuses it, and then fails', async () => {
    addAuditor();
    const gated = await run('diff', { 'vars.ROLEWRIGHT_GATES': 'no-new-access max-removal=50%' });
    expect(codes(gated)).toEqual([0, 0, 5]);
    const [body = ''] = comments();
    expect(body).toContain('The role **Auditor** is new');
    expect(body.split('#### Refused\n\n')[1]).toMatch(
      /^ {4}HEAD:roles\/desk\/roles\/auditor\.yaml:.* error RW6601 {2}new access/u,
    );

    // The guards of the stacks judge it as well.
    repository.propose((file) => {
      file('roles/environments/dev.yaml').replace('spec:\n', 'spec:\n  guards:\n    maximumRemoval: 1%\n');
      file('roles/desk/roles/administrator.yaml').replace('administration/manage-users', 'content/reports:edit');
      file('roles/desk/tests.yaml').replace(
        '        - administration/manage-users\n        - content',
        '        - content',
      );
    });
    expect(codes(await run('diff'))).toEqual([0, 0, 0]);
    expect(codes(await run('diff', { [stacks]: 'dev' }))).toEqual([0, 0, 5]);
    expect(comments().join('')).toContain('more than the 1 % that it allows');
  });

  it('says so where it cannot tell, instead of leaving an old comment to be believed', async () => {
    repository.propose((file) => file(viewer).replace('content/reports:view', 'content/report:view'));
    const checked = await run('check');
    expect(codes(checked)).toEqual([1, null, null]);
    expect(checked.steps[0]?.stdout).toMatch(
      /^::error file=roles\/desk\/roles\/viewer\.yaml,line=\d+,.*title=.*RW2104/mu,
    );
    expect(codes(await run('diff'))).toEqual([0, 0, 1]);
    expect(comments()).toEqual([
      `${marker}### What this changes cannot be told: \`rolewright diff\` ended with 1, see the run\n`,
    ]);
  });

  it('runs nothing that a pull request says, and mentions nobody', async () => {
    const title = '$(touch pwned)`touch pwned`; touch pwned @everyone <!-- ::error::x';
    repository.propose((file) => {
      file(viewer).replace('description:', `title: '${title}'\n  description:`);
      file(viewer).replace('content/reports:view', 'content/reports:edit');
    });
    const { steps } = await run('diff', { 'vars.ROLEWRIGHT_GATES': '$(touch pwned) *' });
    expect(steps[2]?.code).toBe(2);
    await run('diff', { 'vars.ROLEWRIGHT_GATES': 'no-new-access' });
    expect(existsSync(join(repository.folder, 'pwned'))).toBe(false);
    const [body = ''] = comments();
    expect(body).toContain('gains **Edit on Reports**');
    expect(body.replace(/^ {4}.*$/gmu, '')).not.toMatch(/@everyone|<!-- ::/u);
  });
});
