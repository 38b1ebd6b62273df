import type { Context } from 'hono';
import { apiError } from './errors.ts';
import { answer } from './request.ts';
import type { EmulatorEnv } from './tenant.ts';
import type { Schema } from './validation.ts';
import { validateParameter } from './validation.ts';

type EmulatorContext = Context<EmulatorEnv>;

const pageSchema: Schema = {
  type: 'integer',
  minimum: 0,
  description: 'Page index of the results to return. First page is 0.',
};
const perPageSchema: Schema = {
  type: 'integer',
  minimum: 1,
  maximum: 100,
  description: 'Number of results per page. Defaults to 50.',
};

/** How far a list may be read by page number; beyond it, and only where Auth0 says so, comes 400 `invalid_paging`. */
export const offsetPagingLimit = 1000;

/** Which part of a list was asked for. `start` counts items. */
export interface Page {
  readonly start: number;
  readonly limit: number;
  readonly includeTotals: boolean;
}

/** `page`, `per_page` (50) and `include_totals` (false) of a request; 400 `invalid_query_string`. */
export function readPage(context: EmulatorContext, options: { readonly onlyFirst?: number } = {}): Page {
  const page = integerParameter(context, 'page', pageSchema) ?? 0;
  const limit = integerParameter(context, 'per_page', perPageSchema) ?? 50;
  const start = page * limit;
  if (options.onlyFirst !== undefined && start >= options.onlyFirst) {
    throw apiError(400, `You can only page through the first ${options.onlyFirst} records.`, 'invalid_paging');
  }
  return { start, limit, includeTotals: booleanParameter(context, 'include_totals') ?? false };
}

/** A page of a list in the shape asked for: `{<key>: […], start, limit, total}`, or the bare array. */
export function answerPage<Item>(
  context: EmulatorContext,
  key: string,
  items: readonly Item[],
  show: (item: Item) => unknown,
  page: Page = readPage(context),
): Response {
  const shown = items.slice(page.start, page.start + page.limit).map(show);
  return answer(
    context,
    page.includeTotals ? { [key]: shown, start: page.start, limit: page.limit, total: items.length } : shown,
  );
}

/**
 * A page of what belongs to actions, in a shape of its own: `{<key>: […], total?, page?, per_page}`, 20 a page. Recorded:
 * `page` is absent on the first page, `total` on an empty one; the provider would ask for further pages for ever if it were there.
 */
export function answerActionsPage<Item>(
  context: EmulatorContext,
  key: string,
  items: readonly Item[],
  show: (item: Item) => unknown,
): Response {
  const page = integerParameter(context, 'page', pageSchema) ?? 0;
  const limit = integerParameter(context, 'per_page', perPageSchema) ?? 20;
  const shown = items.slice(page * limit, (page + 1) * limit).map(show);
  return answer(context, {
    [key]: shown,
    total: shown.length === 0 ? undefined : items.length,
    page: page === 0 ? undefined : page,
    per_page: limit,
  });
}

/** An integer in the query, or undefined when it is not there; 400 `invalid_query_string`. */
export function integerParameter(context: EmulatorContext, name: string, schema: Schema): number | undefined {
  const text = context.req.query(name);
  if (text === undefined) {
    return undefined;
  }
  const value = /^-?\d+$/.test(text) ? Number(text) : text;
  validateParameter(schema, name, value);
  return Number(value);
}

/** `true` or `false` in the query, or undefined when it is not there; 400 `invalid_query_string`. */
export function booleanParameter(context: EmulatorContext, name: string): boolean | undefined {
  const text = context.req.query(name);
  if (text === undefined) {
    return undefined;
  }
  validateParameter({ type: 'boolean' }, name, text === 'true' ? true : text === 'false' ? false : text);
  return text === 'true';
}

/** `fields` and `include_fields` (true): keeps, or leaves out, the properties named. No `fields`: all of them. */
export function selectFields(context: EmulatorContext): (item: Readonly<Record<string, unknown>>) => object {
  const fields = context.req.query('fields');
  const include = booleanParameter(context, 'include_fields') ?? true;
  if (fields === undefined || fields === '') {
    return (item) => item;
  }
  const named = new Set(fields.split(','));
  return (item) => Object.fromEntries(Object.entries(item).filter(([key]) => named.has(key) === include));
}

/** Byte order, uppercase first: the order of every recorded list of roles and of permissions. */
export function byteOrder(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
