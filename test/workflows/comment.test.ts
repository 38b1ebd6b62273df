import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insist } from '../../src/cli/comment/insist.ts';
import type { Stuck } from '../../src/cli/comment/sticky-comment.ts';
import { stickComment } from '../../src/cli/comment/sticky-comment.ts';
import type { Run } from '../cli/run-rolewright.ts';
import { runRolewright } from '../cli/run-rolewright.ts';
import type { GitHubApi } from './github-api.ts';
import { bot, botToken, pullRequest, repository, startGitHubApi } from './github-api.ts';

const marker = '<!-- rolewright-comment-id: diff -->\n';
const thread = { repository, number: pullRequest, name: 'diff' };
const folder = mkdtempSync(join(tmpdir(), 'rolewright-comment-'));
const forbidden = { status: 403, message: 'Resource not accessible by integration' };

let github: GitHubApi;
beforeEach(async () => {
  github = await startGitHubApi();
});
afterEach(() => github.stop());

/** Runs the verb as a step of the workflow of the pull request does. */
function comment(text: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  writeFileSync(join(folder, 'diff.md'), text);
  return runRolewright(['comment', 'diff.md', ...args], { cwd: folder, env: { ...github.environment, ...env } });
}

/** Sticks a comment without waiting for real; answers how long it would have waited, in seconds. */
async function stick(
  text: string,
): Promise<{ readonly answer: Awaited<ReturnType<typeof stickComment>>; readonly waited: readonly number[] }> {
  const { GITHUB_API_URL: restUrl = '', GITHUB_GRAPHQL_URL: graphqlUrl = '' } = github.environment;
  const access = { restUrl, graphqlUrl, token: botToken, signal: new AbortController().signal };
  const waited: number[] = [];
  const answer: Stuck = await insist(
    () => stickComment(access, thread, text),
    async (seconds) => void waited.push(seconds),
  );
  return { answer, waited };
}

function bodies(author = bot): readonly string[] {
  return github.comments().flatMap((comment) => (comment.author === author ? [comment.body] : []));
}

describe('the comment on a pull request', () => {
  it('is posted once, and edited from then on, also where there is nothing more to tell', async () => {
    const first = await comment('Basic User gains edit on Spend Data.\n');
    expect(first).toEqual({
      code: 0,
      stdout: 'https://github.example/acme/permissions/pull/12#issuecomment-1001\n',
      stderr: 'Posted a comment on acme/permissions#12.\n',
    });
    const second = await comment('No permission changes.\n');
    expect(second).toEqual({ ...first, stderr: 'Edited the comment on acme/permissions#12.\n' });
    expect(github.comments()).toEqual([{ id: 1001, author: bot, body: `${marker}No permission changes.\n` }]);
  });

  it('is not written where it says so already', async () => {
    github.add(bot, `${marker}Nobody gains.\r\n`);
    const { stderr } = await comment('Nobody gains.\n');
    expect(stderr).toBe('The comment says it already, on acme/permissions#12.\n');
    expect(github.calls().filter((call) => !/^(GET|POST \/graphql)/u.test(call))).toEqual([]);
  });

  it('is found behind more than a hundred others, page by page', async () => {
    for (let index = 0; index < 250; index += 1) github.add('dana', `Opinion ${index}`);
    expect(await stick('one')).toMatchObject({ answer: { kind: 'stuck', action: 'posted' } });
    expect(github.calls().filter((call) => call.startsWith('GET'))).toHaveLength(3);
    for (let index = 0; index < 150; index += 1) github.add('dana', `Reply ${index}`);
    expect(await stick('two')).toMatchObject({ answer: { kind: 'stuck', action: 'edited' } });
    expect(bodies()).toEqual([`${marker}two`]);
  });

  it('is nobody else’s: not another bot’s of the same name, and not a person’s who copies the marker', async () => {
    github.add('other-app[bot]', `${marker}theirs`);
    github.add('mallory', `${marker}No permission changes.`);
    await stick('mine');
    await stick('mine again');
    expect(bodies()).toEqual([`${marker}mine again`]);
    expect(bodies('other-app[bot]')).toEqual([`${marker}theirs`]);
    expect(bodies('mallory')).toEqual([`${marker}No permission changes.`]);
  });

  it('begins with the marker: one that is only quoted is another comment of ours', async () => {
    const report = `Another report, which quotes ${marker}`;
    github.add(bot, report);
    await stick('mine');
    expect(bodies()).toEqual([report, `${marker}mine`]);
  });

  it('has a name, by which two of them are told apart', async () => {
    await comment('for reviewers');
    await comment('for staging', ['--name', 'staging']);
    await comment('for staging, again', ['--name', 'staging']);
    expect(bodies()).toEqual([`${marker}for reviewers`, '<!-- rolewright-comment-id: staging -->\nfor staging, again']);
  });

  it('stays one where two runs have posted at once', async () => {
    github.add(bot, `${marker}the one`);
    github.add(bot, `${marker}the other`);
    await stick('what counts');
    expect(github.comments()).toEqual([{ id: 1001, author: bot, body: `${marker}what counts` }]);
  });
});

describe('a GitHub that is busy', () => {
  it('is asked again after a 502, and a post that went through all the same is not repeated', async () => {
    github.fail(
      { call: 'GET', status: 502, message: 'Bad Gateway' },
      { call: 'POST /repos/', status: 502, message: 'Bad Gateway', works: true },
    );
    expect(await stick('once')).toMatchObject({ answer: { action: 'unchanged' }, waited: [1, 2] });
    expect(bodies()).toEqual([`${marker}once`]);
  });

  it('says how long to wait at a secondary rate limit, and is given that long', async () => {
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
    github.fail(
      { call: 'GET', status: 403, message: 'You have triggered an abuse mechanism.', headers: { 'retry-after': '7' } },
      { call: 'GET', status: 403, message },
      { call: 'GET', status: 429, message },
      { call: 'GET', status: 403, message: 'API rate limit exceeded', headers: hourOver(90) },
    );
    expect(await stick('late')).toMatchObject({ answer: { action: 'posted' }, waited: [7, 60, 60, 90] });
  });

  it('is left alone where it asks for more than a job should stand still, or is never done', async () => {
    github.fail({ call: 'GET', status: 403, message: 'API rate limit exceeded', headers: hourOver(3000) });
    expect(await stick('late')).toMatchObject({ answer: { kind: 'busy', wait: 3000 }, waited: [] });
    github.fail(...Array.from({ length: 5 }, () => ({ call: 'GET', status: 503, message: 'Unavailable' })));
    expect(await stick('late')).toMatchObject({ answer: { kind: 'busy' }, waited: [1, 2, 4, 8] });
    expect(bodies()).toEqual([]);
  });

  it('is waited for by the verb, which says so', async () => {
    github.fail({ call: 'GET', status: 403, message: 'secondary rate limit', headers: { 'retry-after': '1' } });
    const { code, stderr } = await comment('late');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'GitHub is busy; trying again in 1 s.\nPosted a comment on acme/permissions#12.\n',
    });
  });

  it('that cannot be reached at all ends with 4', async () => {
    github.fail(
      ...Array.from({ length: 5 }, () => ({
        call: 'POST',
        status: 503,
        message: 'x',
        headers: { 'retry-after': '0' },
      })),
    );
    expect(await comment('text')).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringMatching(
        /error: GitHub does not answer for acme\/permissions#12: 503 x\n {3}help: run it again later\n$/u,
      ),
    });
  });
});

describe('what cannot be', () => {
  it('is told in one line with what to do: the token may not, sees nothing, or is no good', async () => {
    github.fail({ call: 'GET', ...forbidden });
    expect(await comment('text')).toEqual({
      code: 3,
      stdout: '',
      stderr: `error: GitHub refuses to comment on acme/permissions#12: 403 Resource not accessible by integration
   help: the job needs \`permissions: pull-requests: write\`, and for a pull request from a fork no token has it
`,
    });
    expect(github.calls()).toHaveLength(2);
    expect(await comment('text', ['--pr', '13'])).toMatchObject({
      code: 3,
      stderr: `error: GitHub refuses to comment on acme/permissions#13: 404 Not Found
   help: there is no such pull request, or the token does not see it
`,
    });
    expect(await comment('text', [], { GITHUB_TOKEN: 'expired' })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('401 Bad credentials'),
    });
  });

  it('never prints the token, not even where GitHub repeats it', async () => {
    github.fail({ call: 'GET', status: 403, message: 'no TOKEN\n::error::here\u001b[31m' });
    const { stdout, stderr } = await comment('text', ['--debug']);
    expect(stderr).toContain('403 no ***\\n::error::here\\u{1b}[31m');
    expect(stdout + stderr).not.toContain(botToken);
  });

  it('takes the token to no other host, whatever a page says', async () => {
    const elsewhere = await startGitHubApi();
    const headers = { link: `<${elsewhere.environment.GITHUB_API_URL}/next>; rel="next"` };
    github.fail({ call: 'GET', status: 200, message: '', headers });
    expect(await stick('text')).toMatchObject({
      answer: { kind: 'refused', reason: expect.stringContaining('another host') },
    });
    expect(elsewhere.calls()).toEqual([]);
    await elsewhere.stop();
  });

  it('is not sent: a comment longer than GitHub takes, an empty one, or one for nobody', async () => {
    const runs = [
      [await comment('x'.repeat(65_536)), 'makes a comment of 65,573 characters; GitHub takes 65,536'],
      [await comment(' \n'), 'diff.md is empty'],
      [await comment('text', ['--name', 'a --> b']), 'cannot be the name of a comment'],
      [await comment('text', ['--repository', 'acme/../x']), 'which repository is not known'],
      [await comment('text', [], { GITHUB_REF: 'refs/heads/main' }), 'which pull request is not known'],
      [await comment('text', [], { GITHUB_TOKEN: '' }), 'no token in the environment'],
      [await comment('text', [], { GITHUB_API_URL: 'nowhere' }), 'GITHUB_API_URL or GITHUB_GRAPHQL_URL is no address'],
      [await runRolewright(['comment', 'none.md'], { env: { ...github.environment } }), 'cannot read none.md: ENOENT'],
    ] as const;
    for (const [run, message] of runs) {
      expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
    }
    expect(github.calls()).toEqual([]);
    expect(await comment('x'.repeat(65_536 - marker.length))).toMatchObject({ code: 0 });
  });
});

function hourOver(seconds: number): Readonly<Record<string, string>> {
  const reset = Math.floor(Date.parse('2026-11-21T12:00:00Z') / 1000) + seconds;
  return { date: 'Sat, 21 Nov 2026 12:00:00 GMT', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
}
