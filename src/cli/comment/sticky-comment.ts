import type { GitHubAccess, Unanswered } from './github-call.ts';
import { callGitHub, fieldOf } from './github-call.ts';

/** Where a comment goes, and how it is found again. */
export interface Thread {
  /** `owner/name`. */
  readonly repository: string;
  /** The number of the pull request. */
  readonly number: number;
  /** Tells our comments on one thread apart: letters, digits and hyphens. */
  readonly name: string;
}

export type Stuck =
  | { readonly kind: 'stuck'; readonly action: 'posted' | 'edited' | 'unchanged'; readonly url: string }
  | Unanswered;

interface Comment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/** What our comment begins with; GitHub does not show it. */
export function markerOf(name: string): string {
  return `<!-- rolewright-comment-id: ${name} -->`;
}

/**
 * Makes the comment of this name say `text`: edits the one that is there, else posts it. It is there if whoever the
 * token belongs to has written it and it begins with the marker; a marker that somebody copies means nothing.
 */
export async function stickComment(access: GitHubAccess, thread: Thread, text: string): Promise<Stuck> {
  const author = await authorOf(access);
  if (typeof author !== 'string') return author;
  const url = `${access.restUrl}/repos/${thread.repository}/issues/${thread.number}/comments`;
  const comments = await commentsAt(access, `${url}?per_page=100`);
  if (!isList(comments)) return comments;

  const marker = markerOf(thread.name);
  const body = `${marker}\n${text}`;
  const [first, ...others] = comments.filter((comment) => comment.author === author && comment.body.startsWith(marker));
  if (first === undefined) {
    const reply = await callGitHub(access, 'POST', url, { body });
    return reply.kind === 'done' ? { kind: 'stuck', action: 'posted', url: commentOf(reply.data).url } : reply;
  }
  const commentUrl = ({ id }: Comment) => `${access.restUrl}/repos/${thread.repository}/issues/comments/${id}`;
  // Two runs at once may both have posted. What the other one says is out of date now, and must not go on saying it.
  for (const other of others) {
    const reply = await callGitHub(access, 'DELETE', commentUrl(other), null);
    if (reply.kind !== 'done') return reply;
  }
  if (asStored(first.body) === asStored(body)) return { kind: 'stuck', action: 'unchanged', url: first.url };
  const reply = await callGitHub(access, 'PATCH', commentUrl(first), { body });
  return reply.kind === 'done' ? { kind: 'stuck', action: 'edited', url: first.url } : reply;
}

/** GraphQL knows who a token belongs to, whichever kind it is; REST does not tell the token of a workflow. */
async function authorOf(access: GitHubAccess): Promise<string | Unanswered> {
  const reply = await callGitHub(access, 'POST', access.graphqlUrl, { query: 'query { viewer { login } }' });
  if (reply.kind !== 'done') return reply;
  const login = fieldOf(fieldOf(fieldOf(reply.data, 'data'), 'viewer'), 'login');
  return typeof login === 'string'
    ? login
    : { kind: 'refused', status: 401, reason: 'it does not say whose token it is' };
}

/** All comments, oldest first, page by page. */
async function commentsAt(access: GitHubAccess, firstPage: string): Promise<readonly Comment[] | Unanswered> {
  const comments: Comment[] = [];
  for (let page: string | null = firstPage; page !== null; ) {
    const reply = await callGitHub(access, 'GET', page, null);
    if (reply.kind !== 'done') return reply;
    if (Array.isArray(reply.data)) comments.push(...reply.data.map(commentOf));
    page = reply.nextPage;
  }
  return comments;
}

function isList(comments: readonly Comment[] | Unanswered): comments is readonly Comment[] {
  return Array.isArray(comments);
}

function commentOf(data: unknown): Comment {
  return {
    id: Number(fieldOf(data, 'id')),
    author: String(fieldOf(fieldOf(data, 'user'), 'login') ?? ''),
    body: String(fieldOf(data, 'body') ?? ''),
    url: String(fieldOf(data, 'html_url') ?? ''),
  };
}

function asStored(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd();
}
