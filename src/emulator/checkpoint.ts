import type { Context } from 'hono';
import { apiError } from './errors.ts';
import { byteOrder, integerParameter } from './paging.ts';
import { answer } from './request.ts';
import type { EmulatorEnv } from './tenant.ts';
import type { Schema } from './validation.ts';

/** An item of a list that can be read on from where one was; positions differ, and are in byte order. */
export interface Row<Item> {
  readonly position: string;
  readonly item: Item;
}

/** What a page that reaches the end says: nothing, or still a `next`, which leads to an empty page. */
export type LastPage = 'ends' | 'leads on';

const takeSchema: Schema = {
  type: 'integer',
  minimum: 1,
  maximum: 100,
  description: 'Number of results per page. Defaults to 50.',
};

/** Whether a list was asked for by checkpoint. It wins over page numbers, which some clients send along. */
export function isByCheckpoint(context: Context<EmulatorEnv>): boolean {
  return context.req.query('take') !== undefined || context.req.query('from') !== undefined;
}

/** `take` (50) rows behind `from`: `{<key>: […], next?}`. 400 `invalid_query_string`. */
export function answerCheckpoint<Item>(
  context: Context<EmulatorEnv>,
  key: string,
  rows: readonly Row<Item>[],
  show: (item: Item) => unknown,
  lastPage: LastPage,
): Response {
  const take = integerParameter(context, 'take', takeSchema) ?? 50;
  const from = context.req.query('from');
  const position = from === undefined ? undefined : decoded(from);
  // By position and not by row: the row that a checkpoint stands for may have gone since.
  const rest = rows
    .filter((row) => position === undefined || byteOrder(row.position, position) > 0)
    .sort((left, right) => byteOrder(left.position, right.position));
  const shown = rest.slice(0, take);
  const last = shown.at(-1);
  const isEnd = last === undefined || (lastPage === 'ends' && shown.length === rest.length);
  const next = isEnd ? undefined : Buffer.from(last.position).toString('base64');
  return answer(context, { [key]: shown.map((row) => show(row.item)), next });
}

/** As recorded of people: "<time with microseconds>UTC,<id>", which sorts by the time and then by the id. */
export function timedPosition(milliseconds: number, id: string): string {
  return `${new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '000UTC')},${id}`;
}

function decoded(checkpoint: string): string {
  const bytes = Buffer.from(checkpoint, 'base64');
  if (bytes.toString('base64') !== checkpoint) {
    throw apiError(400, 'Invalid from parameter.', 'invalid_query_string');
  }
  return bytes.toString();
}
