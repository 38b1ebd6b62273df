const user = /^@[A-Za-z0-9](?:-?[A-Za-z0-9])*$/u;
const team = /^@[A-Za-z0-9](?:-?[A-Za-z0-9])*\/[\w.-]+$/u;
const address = /^[^\s@#]+@[^\s@#]+\.[^\s@#]+$/u;
const teamName = /^[A-Za-z0-9][\w.-]*$/u;

/** An owner as CODEOWNERS writes it, or why it cannot be written there. */
export type CodeOwner =
  | { readonly kind: 'owner'; readonly text: string }
  | { readonly kind: 'team-without-organization' }
  | { readonly kind: 'nobody' };

/**
 * What GitHub can ask: `@user`, `@organization/team`, an address as it is, and the name of a team, which belongs to the
 * organization given. One line that it cannot read, and it reads none of the file.
 */
export function codeOwner(owner: string, organization: string | null): CodeOwner {
  if (user.test(owner) || team.test(owner) || address.test(owner)) return { kind: 'owner', text: owner };
  if (!teamName.test(owner)) return { kind: 'nobody' };
  return organization === null
    ? { kind: 'team-without-organization' }
    : { kind: 'owner', text: `@${organization}/${owner}` };
}

/** The pattern of exactly this path. What the syntax has no escape for is matched by `?`, any one character. */
export function codeOwnersPattern(path: string): string {
  return `/${path.replace(/[\p{Cc}\\*?[\]#!\u2028\u2029]/gu, '?').replaceAll(' ', '\\ ')}`;
}
