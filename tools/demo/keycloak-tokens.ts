import { decodeJwt } from 'jose';
import type { MatrixApplication, MatrixRole } from '../../src/analysis/matrix/matrix.ts';
import type { Policy } from '../../src/authorize/authorize.ts';

/** What somebody may do in an application. */
export interface Reading {
  /** The highest level by `section/permission`; empty for a permission without levels. */
  readonly levels: ReadonlyMap<string, string>;
  /** Sorted; null where nothing is narrowed. */
  readonly apps: readonly string[] | null;
}

/** A role of the matrix, and what the token of somebody who holds it alone says. */
export interface Comparison {
  readonly application: MatrixApplication;
  readonly role: MatrixRole;
  readonly matrix: Reading;
  readonly token: Reading;
  /** What is in the one and not in the other. */
  readonly differences: readonly string[];
}

/** What is in a token's `permissions`, in the words of the policy that a service has. */
export function readToken(token: string, policy: Policy): Reading {
  const scopes = new Set(decodeJwt<{ readonly permissions?: readonly string[] }>(token).permissions);
  const levels = Object.entries(policy.permissions).flatMap(([reference, { levels: ofPermission }]) => {
    const held = ofPermission.findLast(({ scope }) => scopes.has(scope));
    return held === undefined ? [] : [[reference, held.name ?? ''] as const];
  });
  const narrowed = Object.values(policy.restrictions).some(
    ({ scope }) => scope !== 'restriction:none' && scopes.has(scope),
  );
  const apps = Object.entries(policy.apps).flatMap(([name, { scope }]) => (scopes.has(scope) ? [name] : []));
  return { levels: new Map(levels), apps: narrowed ? apps : null };
}

export function compare(application: MatrixApplication, role: MatrixRole, token: Reading): Comparison {
  const levels = role.permissions.map(
    ({ section, permission, level }) => [`${section}/${permission}`, level ?? ''] as const,
  );
  const matrix: Reading = { levels: new Map(levels), apps: role.apps };
  const [declared, carried] = [linesOf(matrix), linesOf(token)];
  const differences = [
    ...declared.filter((line) => !carried.includes(line)).map((line) => `not in the token: ${line}`),
    ...carried.filter((line) => !declared.includes(line)).map((line) => `in the token alone: ${line}`),
  ];
  return { application, role, matrix, token, differences };
}

function linesOf({ levels, apps }: Reading): readonly string[] {
  return [
    ...[...levels].map(([reference, level]) => (level === '' ? reference : `${reference}:${level}`)),
    ...(apps ?? ['all']).map((app) => `app ${app}`),
  ];
}
