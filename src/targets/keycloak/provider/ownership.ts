import { TenantError } from '../../../stack/tenant-error.ts';
import { statusOf } from '../realm-client.ts';

/** The attribute that says whose something is: `<stack>/<logical name>`. What has none is foreign and never taken over. */
export const ourKey = 'rolewright';

/** The key in an attribute: one text on a client, a list on a role. An object with the property, or without it where there is none. */
export function keyIn(attribute: string | readonly string[] | undefined): { readonly key?: string } {
  const key = typeof attribute === 'string' ? attribute : attribute?.[0];
  return key === undefined || key === '' ? {} : { key };
}

/** How `key` is described wherever it is declared. */
export const keySchema = {
  type: 'string',
  description:
    'Whose it is, kept in the attribute `rolewright`, such as `<stack>/<logical name>`: by it, what a call without an answer has made is known and taken over. Without it, one that is there already is always an error.',
  isOptional: true,
} as const;

interface Held {
  readonly id: string;
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
}

/** How something is made that has a name which may be taken. */
export interface Making<Made extends Held> {
  /** For people: `role Editor`. */
  readonly what: string;
  /** Whose it is; without it, what is there already is somebody else's. */
  readonly key: string | undefined;
  /** Answered by 409 where the name is taken. */
  readonly make: () => Promise<unknown>;
  /** What has the name. */
  readonly find: () => Promise<Made | null>;
  /** Brings what was there already to what is declared. */
  readonly mend: (there: Made) => Promise<void>;
}

/**
 * Makes something, or takes over what a call of ours without an answer has made. The id is the server's.
 *
 * @throws TenantError also where somebody else has made it
 */
export async function makeOrTakeOver<Made extends Held>({
  what,
  key,
  make,
  find,
  mend,
}: Making<Made>): Promise<string> {
  const taken = await make().then(
    () => null,
    (error: unknown) => {
      if (statusOf(error) !== 409 || key === undefined) throw error;
      return error;
    },
  );
  const there = await find();
  if (taken !== null) {
    if (there === null || keyIn(there.attributes?.[ourKey]).key !== key) throw taken;
    await mend(there);
  }
  if (there === null) throw new TenantError(`404 ${what} was made and is not found`);
  return there.id;
}
