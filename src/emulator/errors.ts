import { STATUS_CODES } from 'node:http';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** The content type of every answer of the Management API, 204 included (seen in the recorded headers). */
export const jsonContentType = 'application/json; charset=utf-8';

/**
 * An error with Auth0's body: `{statusCode, error, message, errorCode?}`; throw it, the app turns it into the answer.
 *
 * `error` is the reason phrase of the status. Most 404s of roles have no `errorCode`, those of users and resource
 * servers have one (management-api.md 3.3).
 */
export function apiError(status: ContentfulStatusCode, message: string, errorCode?: string): HTTPException {
  return new HTTPException(status, {
    message,
    res: new Response(errorBody(status, message, errorCode), { status, headers: { 'content-type': jsonContentType } }),
  });
}

/** A refusal of OAuth: `{error, error_description}`; throw it as the others. */
export function oauthError(status: ContentfulStatusCode, error: string, description: string): HTTPException {
  const body = JSON.stringify({ error, error_description: description });
  return new HTTPException(status, {
    message: description,
    res: new Response(body, { status, headers: { 'content-type': jsonContentType } }),
  });
}

/** The same body as text, for whoever answers without throwing. */
export function errorBody(status: number, message: string, errorCode?: string): string {
  return JSON.stringify({ statusCode: status, error: STATUS_CODES[status] ?? 'Error', message, errorCode });
}
