import type { ActionBody } from './actions.ts';

/**
 * The values of actions' secrets, by the id of an action (as it is drafted) or of a version (as it was deployed). They are in
 * memory alone: no answer, no call log, no snapshot and no store has them, so that after a restart they are to be sent again.
 */
export type SecretValues = Map<string, Readonly<Record<string, string>>>;

/** The values after a POST or PATCH: a list replaces the one before; a name without a value keeps the value that it had. */
export function changedSecretValues(
  before: Readonly<Record<string, string>>,
  secrets: ActionBody['secrets'],
): Readonly<Record<string, string>> {
  if (secrets === undefined) {
    return before;
  }
  return Object.fromEntries(
    secrets.flatMap(({ name, value }) => {
      const kept = value ?? before[name ?? ''];
      return name === undefined || kept === undefined ? [] : [[name, kept]];
    }),
  );
}
