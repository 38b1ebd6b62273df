import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A comment as GitHub answers it, as far as anybody here reads it. */
export interface StoredComment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

/** What the next call is answered instead, once; with `works`, what it asked for is done all the same. */
export interface Fault {
  /** How the call begins: `GET`, `POST /repos/`. */
  readonly call: string;
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly works?: boolean;
}

export interface GitHubApi {
  /** The variables of a run on it, as the runner sets them, with the token of `github-actions[bot]`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly comments: () => readonly StoredComment[];
  /** Somebody comments. */
  readonly add: (author: string, body: string) => void;
  readonly fail: (...faults: readonly Fault[]) => void;
  /** Every call since the last time: "GET /repos/…?page=2". */
  readonly calls: () => readonly string[];
  readonly stop: () => Promise<void>;
}

export const repository = 'acme/permissions';
export const pullRequest = 12;
export const botToken = 'ghs_loopback-token-of-the-workflow';
export const bot = 'github-actions[bot]';

/**
 * The three calls of GitHub's REST API that concern the comments of one pull request, and whose token one is, by
 * GraphQL. It pages, limits and refuses as GitHub does, and shares nothing with the product.
 */
export async function startGitHubApi(): Promise<GitHubApi> {
  const thread: StoredComment[] = [];
  const faults: Fault[] = [];
  let calls: string[] = [];
  let lastId = 1000;
  const add = (author: string, body: string): StoredComment => {
    const comment = { id: ++lastId, author, body };
    thread.push(comment);
    return comment;
  };

  const server = createServer(async (request, response) => {
    const body = await text(request);
    const call = `${request.method} ${request.url}`;
    calls.push(call);
    const index = faults.findIndex((fault) => call.startsWith(fault.call));
    const [fault] = index === -1 ? [] : faults.splice(index, 1);
    if (fault !== undefined) {
      if (fault.works) answer(request, body);
      const message = fault.message.replace('TOKEN', tokenOf(request));
      send(response, fault.status, { message, documentation_url: 'https://docs.github.com/rest' }, fault.headers);
      return;
    }
    const { status, data, headers } = answer(request, body);
    send(response, status, data, headers);
  });

  function answer(request: IncomingMessage, body: string): Answered {
    if (tokenOf(request) !== botToken) return refused(401, 'Bad credentials');
    const { pathname, searchParams } = new URL(request.url ?? '', origin());
    if (pathname === '/graphql') return { status: 200, data: { data: { viewer: { login: bot } } } };
    const given = (): string => String((JSON.parse(body) as { body: unknown }).body);
    if (pathname === `/repos/${repository}/issues/${pullRequest}/comments`) {
      if (request.method === 'GET') return pageOf(thread, pathname, searchParams);
      if (given().length > 65_536) return refused(422, 'Validation Failed');
      return { status: 201, data: shown(add(bot, given())) };
    }
    const id = new RegExp(`^/repos/${repository}/issues/comments/(\\d+)$`, 'u').exec(pathname)?.[1];
    const at = thread.findIndex((comment) => comment.id === Number(id));
    const comment = thread[at];
    if (comment === undefined) return refused(404, 'Not Found');
    if (comment.author !== bot) return refused(403, 'Resource not accessible by integration');
    if (request.method === 'DELETE') {
      thread.splice(at, 1);
      return { status: 204, data: null };
    }
    const edited = { ...comment, body: given() };
    thread[at] = edited;
    return { status: 200, data: shown(edited) };
  }

  /** 30 a page unless asked for more, 100 at most, and a `Link` to the next. */
  function pageOf(comments: readonly StoredComment[], pathname: string, query: URLSearchParams): Answered {
    const size = Math.min(Number(query.get('per_page') ?? 30), 100);
    const page = Number(query.get('page') ?? 1);
    const data = comments.slice((page - 1) * size, page * size).map(shown);
    const link = (number: number, rel: string) =>
      `<${origin()}${pathname}?per_page=${size}&page=${number}>; rel="${rel}"`;
    const last = Math.ceil(comments.length / size);
    const links = [
      ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
      ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ];
    return { status: 200, data, ...(links.length === 0 ? {} : { headers: { link: links.join(', ') } }) };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: {
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: origin(),
      GITHUB_GRAPHQL_URL: `${origin()}/graphql`,
      GITHUB_REPOSITORY: repository,
      GITHUB_REF: `refs/pull/${pullRequest}/merge`,
      GITHUB_TOKEN: botToken,
    },
    comments: () => [...thread],
    add,
    fail: (...added) => void faults.push(...added),
    calls: () => {
      const made = calls;
      calls = [];
      return made;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

interface Answered {
  readonly status: number;
  readonly data: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function refused(status: number, message: string): Answered {
  return { status, data: { message, documentation_url: 'https://docs.github.com/rest' } };
}

function tokenOf({ headers }: IncomingMessage): string {
  return (headers.authorization ?? '').replace(/^(?:Bearer|token) /u, '');
}

function shown({ id, author, body }: StoredComment) {
  const url = `https://github.example/${repository}/pull/${pullRequest}#issuecomment-${id}`;
  const type = author.endsWith('[bot]') ? 'Bot' : 'User';
  return { id, body, html_url: url, user: { login: author, type }, performed_via_github_app: null };
}

function send(response: ServerResponse, status: number, data: unknown, headers: Readonly<Record<string, string>> = {}) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close', ...headers });
  response.end(status === 204 ? '' : JSON.stringify(data));
}
