/** What all tools are given to declare, each in its own words. */

export const audience = 'https://api.reports.example';

/** The scopes of the one API, `<level>:<permission>`, sorted. Nothing here changes from situation to situation. */
export const scopes = ['delete:users', 'read:apps', 'read:exports', 'read:reports'] as const;

export interface RoleDeclaration {
  /** What the role is called in code. */
  readonly name: string;
  /** What it was called in code; said by each tool that has a way to say it. */
  readonly formerly: string | null;
  /** What Auth0 shows. */
  readonly title: string;
  /** Null: the key that lists them is left out. */
  readonly permissions: readonly string[] | null;
  /** A slip of the pen in the list of permissions. */
  readonly slip: Slip | null;
}

/** `misspelt key`: of the list itself. `no API`: its last permission does not say of which API it is. */
export type Slip = 'misspelt key' | 'no API';

export interface Declaration {
  readonly roles: readonly RoleDeclaration[];
  /** Whether the tool's own safety switches are on. */
  readonly isGuarded: boolean;
}

/** The role that is changed and watched; somebody holds it. */
export const viewer: RoleDeclaration = {
  name: 'viewer',
  formerly: null,
  title: 'Viewer',
  permissions: ['read:apps', 'read:reports'],
  slip: null,
};

/** The role that nobody touches. */
export const auditor: RoleDeclaration = { ...viewer, name: 'auditor', title: 'Auditor', permissions: ['read:apps'] };

/** The declaration that a situation starts from, with the watched role as given. */
export function declarationOf(watched: RoleDeclaration, isGuarded: boolean): Declaration {
  return { roles: [auditor, watched], isGuarded };
}
