import { apiError } from './errors.ts';
import type { User } from './store.ts';

/**
 * The part of Auth0's user search (Lucene syntax, v3) that is used here: `field:value`, `field:"a value"`, `field:part*`,
 * dotted fields (`identities.connection`, `app_metadata.team`), `_exists_:field`, a bare term (over name, e-mail, user
 * name), `NOT`, joined by `AND` or `OR`, without parentheses; `AND` binds more strongly. Values compare without regard to
 * case. Throws 400 `invalid_query_string` for anything else.
 */
export function userSearch(query: string): (user: User) => boolean {
  const alternatives = splitAt(tokens(query), 'OR').map((words) => splitAt(words, 'AND').map(condition));
  return (user) => alternatives.some((conditions) => conditions.every((holds) => holds(user)));
}

function tokens(query: string): string[] {
  const found = query.match(/(?:[^\s"]+|"[^"]*")+/g) ?? [];
  if (found.length === 0 || /[()[\]{}]/.test(query.replace(/"[^"]*"/g, ''))) {
    throw invalidQuery(query);
  }
  return found;
}

function splitAt(words: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === separator) {
      parts.push([]);
    } else {
      parts.at(-1)?.push(word);
    }
  }
  return parts;
}

function condition(words: readonly string[]): (user: User) => boolean {
  const [first, ...rest] = words;
  if (first === undefined) {
    throw invalidQuery('');
  }
  if (first === 'NOT' || first.startsWith('-')) {
    const negated = condition(first === 'NOT' ? rest : [first.slice(1), ...rest]);
    return (user) => !negated(user);
  }
  if (rest.length > 0) {
    throw invalidQuery(words.join(' '));
  }
  const colon = first.indexOf(':');
  if (colon < 0) {
    const matches = valueMatcher(first);
    return (user) => [user.name, user.email, user.username, user.nickname].some(matches);
  }
  const field = first.slice(0, colon);
  const wanted = first.slice(colon + 1);
  if (field === '_exists_') {
    return (user) => valuesAt(user, wanted.split('.')).length > 0;
  }
  const matches = valueMatcher(wanted);
  return (user) => valuesAt(user, field.split('.')).some(matches);
}

function valueMatcher(wanted: string): (value: unknown) => boolean {
  const text = wanted.replace(/^"(.*)"$/, '$1').toLowerCase();
  if (text.endsWith('*') && !wanted.endsWith('"')) {
    return (value) => value !== undefined && String(value).toLowerCase().startsWith(text.slice(0, -1));
  }
  return (value) => value !== undefined && String(value).toLowerCase() === text;
}

/** All values at a dotted path; arrays are looked through. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => valuesAt(item, path));
  }
  const [key, ...rest] = path;
  if (key === undefined) {
    return value === undefined || value === null ? [] : [value];
  }
  const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return inner === undefined ? [] : valuesAt(inner, rest);
}

function invalidQuery(query: string): Error {
  return apiError(400, `Query validation error: 'Failed to parse query [${query}]'.`, 'invalid_query_string');
}
