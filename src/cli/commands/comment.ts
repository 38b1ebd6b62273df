import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { GitHubAccess, Unanswered } from '../comment/github-call.ts';
import type { Stuck, Thread } from '../comment/sticky-comment.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { examples } from '../options.ts';
import type { Failure, Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface CommentOptions {
  readonly name: string;
  readonly pr?: string;
  readonly repository?: string;
}

/** The most that GitHub takes as the body of a comment, in characters. */
const largestBody = 65_536;

/** `rolewright comment`. The address of the comment is its data. */
export function addComment(program: Command): void {
  const command = program
    .command('comment')
    .summary('keep one comment on a pull request up to date')
    .description(
      'Posts a Markdown file as a comment on a pull request of GitHub, or edits the one that it has posted before. ' +
        'The token comes from GITHUB_TOKEN or GH_TOKEN; in a workflow of GitHub Actions all else is known.',
    )
    .argument('<file>', 'the Markdown; - for stdin')
    .option('--name <name>', 'tells several comments on one pull request apart', 'diff')
    .option('--pr <number>', 'the pull request; in its workflow, that one')
    .option('--repository <owner/name>', 'the repository; in a workflow, its own')
    .addHelpText(
      'after',
      examples([
        ['comment diff.md', 'in the workflow of a pull request'],
        ['comment plan.md --name staging', 'a second comment, edited by itself'],
        ['comment - --pr 12 --repository acme/permissions', 'from somewhere else'],
      ]),
    );
  command.action((file: string) =>
    runCommand(command, (host) => commentBody(host, file, command.opts<CommentOptions>())),
  );
}

async function commentBody(host: Host, file: string, options: CommentOptions): Promise<Outcome> {
  const thread = threadOf(host.env, options);
  if ('message' in thread) return outcome({ failure: thread });
  const token = host.env.GITHUB_TOKEN || host.env.GH_TOKEN || '';
  if (token === '')
    return failure(
      'there is no token in the environment',
      'a step of a workflow is given it by `env`, as GITHUB_TOKEN',
    );

  const { insist } = await import('../comment/insist.ts');
  const { markerOf, stickComment } = await import('../comment/sticky-comment.ts');
  const text = await textAt(host, file);
  if (typeof text !== 'string') return text;
  const length = text.length + markerOf(thread.name).length + 1;
  if (length > largestBody) {
    const limit = `GitHub takes ${largestBody.toLocaleString('en')}`;
    return failure(`${file} makes a comment of ${length.toLocaleString('en')} characters; ${limit}`, 'shorten it');
  }

  const access = accessOf(host, token);
  if (access === null) return failure('GITHUB_API_URL or GITHUB_GRAPHQL_URL is no address');
  const where = `${thread.repository}#${thread.number}`;
  host.progress.tell(`Commenting on ${where}`);
  const answer = await insist(
    () => stickComment(access, thread, text),
    async (seconds) => {
      host.say(`GitHub is busy; trying again in ${seconds} s.`);
      await delay(seconds * 1000, undefined, { signal: host.signal });
    },
  );
  if (answer.kind !== 'stuck') return unanswered(answer, where);
  host.out(`${answer.url}\n`);
  return outcome({ closing: `${deeds[answer.action]} ${where}.` });
}

const deeds: Readonly<Record<Extract<Stuck, { kind: 'stuck' }>['action'], string>> = {
  posted: 'Posted a comment on',
  edited: 'Edited the comment on',
  unchanged: 'The comment says it already, on',
};

/** From the flags, else from the variables of the workflow's run. */
function threadOf(env: Host['env'], { name, pr, repository }: CommentOptions): Thread | Failure {
  const wrong = (message: string, help: string): Failure => ({ message, help, exitCode: exitCodes.usage });
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(name)) {
    return wrong(`"${name}" cannot be the name of a comment`, 'lower-case letters, digits and single hyphens');
  }
  const where = repository ?? env.GITHUB_REPOSITORY ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/u.test(where)) {
    return wrong('which repository is not known', 'give --repository OWNER/NAME');
  }
  const number = pr ?? /^refs\/pull\/(\d+)\//u.exec(env.GITHUB_REF ?? '')?.[1] ?? '';
  if (!/^[1-9]\d{0,9}$/u.test(number)) {
    return wrong(
      'which pull request is not known',
      'give --pr NUMBER; only the workflow of a pull request knows its own',
    );
  }
  return { repository: where, number: Number(number), name };
}

async function textAt(host: Host, file: string): Promise<string | Outcome> {
  try {
    const text = file === '-' ? await textOf(process.stdin) : await readFile(resolve(host.root, file), 'utf8');
    if (text.trim() !== '') return text;
    return failure(`${file} is empty`, 'what was to write it has failed; a comment that says nothing is not posted');
  } catch (error) {
    return failure(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
}

function accessOf({ env, signal }: Host, token: string): GitHubAccess | null {
  const restUrl = (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/u, '');
  const graphqlUrl = env.GITHUB_GRAPHQL_URL || `${restUrl}/graphql`;
  return URL.canParse(restUrl) && URL.canParse(graphqlUrl) ? { restUrl, graphqlUrl, token, signal } : null;
}

function unanswered(answer: Unanswered, where: string): Outcome {
  if (answer.kind === 'busy') {
    return failure(`GitHub does not answer for ${where}: ${answer.reason}`, 'run it again later', exitCodes.failed);
  }
  const { status, reason } = answer;
  const message = `GitHub refuses to comment on ${where}: ${reason}`;
  switch (status) {
    case 401:
      return failure(message, 'the token is not valid, or no longer', exitCodes.notAuthorised);
    case 403:
      return failure(
        message,
        'the job needs `permissions: pull-requests: write`, and for a pull request from a fork no token has it',
        exitCodes.notAuthorised,
      );
    case 404:
      return failure(message, 'there is no such pull request, or the token does not see it', exitCodes.notAuthorised);
    default:
      return failure(message, null, exitCodes.failed);
  }
}
