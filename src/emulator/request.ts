import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { apiError, jsonContentType } from './errors.ts';
import type { EmulatorEnv } from './tenant.ts';
import type { Schema } from './validation.ts';
import { validateBody } from './validation.ts';

type EmulatorContext = Context<EmulatorEnv>;

/**
 * The body of a request, as its schema lets it through; 400 `invalid_body` otherwise. No body counts as `{}`.
 *
 * `Body` must say the same as the schema: the compiler cannot compare the two.
 */
export async function readBody<Body>(context: EmulatorContext, schema: Schema): Promise<Body> {
  const text = await context.req.text();
  const body = text === '' ? {} : parseJson(text);
  validateBody(schema, body);
  return body as Body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw apiError(400, 'Invalid request payload JSON format');
  }
}

/** An answer with a JSON body. Keys whose value is undefined are left out. */
export function answer(context: EmulatorContext, body: unknown, status: ContentfulStatusCode = 200): Response {
  return context.body(JSON.stringify(body), status, { 'content-type': jsonContentType });
}

/** 204. The content type is sent all the same, as Auth0 does. */
export function answerNothing(context: EmulatorContext): Response {
  return context.body(null, 204, { 'content-type': jsonContentType });
}
