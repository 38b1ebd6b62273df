/** Ids of what the tenant has already and the state has not, by logical name: imported instead of created. */
export interface Adoption {
  readonly apis: Readonly<Record<string, string>>;
  /** Ids of APIs whose scopes are taken over. */
  readonly scopes: Readonly<Record<string, string>>;
  readonly roles: Readonly<Record<string, string>>;
  /** Ids of roles whose grants are taken over; none where they are not as declared: to create them is to add to what is there. */
  readonly grants: Readonly<Record<string, string>>;
  /** The action that gives roles at sign-in. */
  readonly actions: Readonly<Record<string, string>>;
}

/** Adopts nothing: everything that is not in the state is created. */
export const noAdoption: Adoption = { apis: {}, scopes: {}, roles: {}, grants: {}, actions: {} };

/** An update that only takes over what is there: what it imports, and the settings of APIs, stay as they are until the next one. */
export interface TakingOver {
  /** Logical names of what stays as the state has it, because the tenant has it otherwise than it is declared. */
  readonly frozen: ReadonlySet<string>;
}

/** What of a resource an update leaves alone: where it is imported now, or frozen, all that is declared of it. */
export function keptBy(takingOver: TakingOver | null, name: string) {
  return (imported: string | undefined, properties: readonly string[]): string[] =>
    takingOver !== null && (imported !== undefined || takingOver.frozen.has(name)) ? [...properties] : [];
}
