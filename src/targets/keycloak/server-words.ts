import { STATUS_CODES } from 'node:http';
import type { Answer } from '../../stack/send-request.ts';

/**
 * What the server said, behind the status: `409 Role with name editor already exists`. It has several ways of saying it.
 *
 * @param doing stands before its words where they are a refusal: `oauth2: `
 */
export function textOf(answer: Answer, doing = ''): string {
  const { status } = answer;
  const isRefusal = status >= 400 && status < 500 && status !== 429;
  return `${status} ${isRefusal ? doing : ''}${reasonIn(answer)}`;
}

function reasonIn({ status, headers, body }: Answer): string {
  const { location } = headers;
  if (status >= 300 && status < 400 && typeof location === 'string') return `moved to ${location}`;
  const known = STATUS_CODES[status] ?? 'without a reason';
  try {
    const {
      errorMessage,
      error,
      error_description: description,
    } = JSON.parse(body) as Record<string, string | undefined>;
    if (errorMessage !== undefined) return errorMessage;
    // Keycloak repeats the status where it has nothing to say.
    if (error === undefined || /^HTTP \d{3}/u.test(error)) return description ?? known;
    return description === undefined ? error : `${error}: ${description}`;
  } catch {
    return known;
  }
}
