import { isDeepStrictEqual } from 'node:util';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { callEmulator } from './call-emulator.ts';
import { addedSince } from './recorded-differences.ts';
import type { Interaction, Session } from './recorded-sessions.ts';

/**
 * How an answer compares with the recorded one, ids and times apart: `same`, `newer` (the same but for properties that
 * Auth0 has added since the recording), or `different`.
 */
export interface Comparison {
  readonly where: string;
  readonly verdict: 'same' | 'newer' | 'different';
  readonly expected: unknown;
  readonly found: unknown;
}

/** Sends the requests of a session, in which recorded ids give way to the emulator's, and compares each answer. */
export async function replaySession(emulator: Emulator, session: Session): Promise<Comparison[]> {
  const ids = new Map<string, string>();
  for (const { path, body, recordedId } of session.before) {
    const answer = await callEmulator(emulator, 'POST', path, { body });
    if (recordedId !== undefined) {
      ids.set(recordedId, (answer.body as { id: string }).id);
    }
  }
  const comparisons: Comparison[] = [];
  for (const interaction of session.interactions) {
    const path = withIds(interaction.path.replace('/api/v2', ''), ids);
    const query = withIds(new URLSearchParams(interaction.query).toString(), ids);
    const body = interaction.request_body;
    const answer = await callEmulator(emulator, interaction.method, query === '' ? path : `${path}?${query}`, {
      ...(body === null ? {} : { body: withIds(JSON.stringify(withRecordedUserId(interaction)), ids) }),
    });
    if (interaction.method !== 'GET' || isCheckpoint(interaction.response_body)) {
      learnIds(interaction.response_body, answer.body, ids);
    }
    comparisons.push(compare(`${interaction.cassette}#${interaction.n}`, interaction, answer, ids));
  }
  return comparisons;
}

/** Users get the ids of the recording, because those who got a role at the same instant are listed by id. */
function withRecordedUserId({ method, path, request_body: body, response_body: answer }: Interaction): unknown {
  const isCreation = method === 'POST' && path === '/api/v2/users';
  const id = (answer as { user_id?: string } | null)?.user_id?.split('|')[1];
  return isCreation && id !== undefined ? { ...(body as object), user_id: id } : body;
}

function isCheckpoint(body: unknown): boolean {
  return typeof (body as { next?: unknown } | null)?.next === 'string';
}

/** The ids that a write gave, or the checkpoint of a page, in the recording and here; both at the same places. */
function learnIds(recorded: unknown, found: unknown, ids: Map<string, string>): void {
  const own = idsIn(found);
  for (const [index, id] of idsIn(recorded).entries()) {
    const ownId = own[index];
    if (ownId !== undefined && ownId !== id) {
      ids.set(id, ownId);
    }
  }
}

function idsIn(body: unknown): string[] {
  const { id, next, bindings = [] } = (body ?? {}) as { id?: string; next?: string; bindings?: { id: string }[] };
  return [id ?? next, ...bindings.map((binding) => binding.id)].filter((each) => each !== undefined);
}

function withIds(text: string, ids: ReadonlyMap<string, string>): string {
  return [...ids].reduce((result, [recorded, own]) => result.replaceAll(recorded, own), text);
}

function compare(
  where: string,
  interaction: Interaction,
  answer: { status: number; body: unknown },
  ids: ReadonlyMap<string, string>,
): Comparison {
  const recordedBody = JSON.parse(withIds(JSON.stringify(interaction.response_body), ids)) as unknown;
  const expected = { status: interaction.status, body: withoutTimes(recordedBody) };
  const found = { status: answer.status, body: withoutTimes(answer.body) };
  if (isDeepStrictEqual(expected, found)) {
    return { where, verdict: 'same', expected, found };
  }
  const older = { status: answer.status, body: withoutNewer(found.body, expected.body) };
  return { where, verdict: isDeepStrictEqual(expected, older) ? 'newer' : 'different', expected, found };
}

const times = ['created_at', 'updated_at', 'built_at', 'build_time'];

/** Times become the word for what they are, if that is what they are. */
function withoutTimes(body: unknown): unknown {
  return mapObjects(body, (object) =>
    Object.entries(object).map(([key, value]) => {
      if (times.includes(key) && typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) {
        return [key, 'a time'];
      }
      // A checkpoint is made of the time of an assignment and the id of its user.
      const user = key === 'next' ? /^\d{4}-\d\d-\d\d [\d:.]+UTC,(?<user>.*)$/.exec(decoded(value)) : null;
      return [key, user === null ? value : `a checkpoint at ${user.groups?.user}`];
    }),
  );
}

function decoded(value: unknown): string {
  return Buffer.from(String(value), 'base64').toString();
}

/** `found` without the properties added since, where `expected` has none. */
function withoutNewer(found: unknown, expected: unknown): unknown {
  const known = JSON.stringify(expected);
  return mapObjects(found, (object) =>
    Object.entries(object).filter(([key, value]) => !addedSince[key]?.(value) || known.includes(`"${key}"`)),
  );
}

function mapObjects(value: unknown, entries: (object: object) => unknown[][]): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => mapObjects(item, entries));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(entries(value).map(([key, inner]) => [key, mapObjects(inner, entries)]));
}
