/** The id of what a realm holds: its realm, and Keycloak's own id of it, which no renaming changes. */
export function joinId(realm: string, uuid: string): string {
  return `${realm}/${uuid}`;
}

/**
 * The two parts of an id.
 *
 * @throws Error if it is not one of ours
 */
export function splitId(id: string): { readonly realm: string; readonly uuid: string } {
  const slash = id.lastIndexOf('/');
  if (slash <= 0 || slash === id.length - 1) throw new Error(`"${id}" is no id of this provider: <realm>/<uuid>`);
  return { realm: id.slice(0, slash), uuid: id.slice(slash + 1) };
}
