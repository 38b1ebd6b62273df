import type { Diagnostic } from '../../../language/diagnostic.ts';
import { diagnostic } from '../../../language/diagnostic.ts';
import { compileRole } from '../../../model/compile/compile-role.ts';
import type { EffectiveApplication } from '../../../model/effective-model.ts';
import { permissionsOf } from '../../../model/resolve/resolve.ts';
import type { LintContext } from '../lint-context.ts';

/** Bytes: a cookie holds 4096 with its name; most servers refuse a header of more than 8192, and this is not the only one. */
const limits = { warning: 4000, error: 7000 } as const;

/** What every access token says besides its permissions, at lengths that are usual. */
const otherClaims = {
  iss: 'https://acme-production.eu.auth0.com/',
  sub: 'auth0|0123456789abcdef01234567',
  aud: ['https://api.application.example', 'https://acme-production.eu.auth0.com/userinfo'],
  iat: 1_800_000_000,
  exp: 1_800_003_600,
  scope: 'openid profile email',
  azp: '0123456789abcdefABCDEF0123456789',
};

/** A header with a key's id, a signature of RS256 (256 bytes), and the two dots. */
const envelope = base64Length(66) + base64Length(256) + 2;

/** Roles, custom roles and narrowing assignments whose access token is too large, as far as that can be estimated. */
export function tokenSize({ model }: LintContext): readonly Diagnostic[] {
  return model.applications.flatMap(largeIn);
}

function largeIn(application: EffectiveApplication): readonly Diagnostic[] {
  const permissions = permissionsOf(application.definition);
  const held = [
    ...application.roles.filter(({ definition }) => definition.assignable),
    ...application.customRoles,
    ...application.assignments.filter(({ narrows }) => narrows),
  ];
  return held.flatMap((holdable) => {
    const { scopes } = compileRole(holdable, application, permissions);
    const bytes = tokenBytes(scopes);
    if (bytes <= limits.warning) return [];
    const { name, place } = holdable.definition;
    const code = bytes > limits.error ? 'RW4205' : 'RW4204';
    const parameters = { role: name, kilobytes: (bytes / 1000).toFixed(1), scopes: scopes.length };
    const help = 'give shorter scopes ("scope:" in the catalog), or split the application or the role';
    return [diagnostic(code, place, parameters, { help })];
  });
}

/** The length of an access token with these scopes, about. Scopes are ASCII, and so is all the rest. */
export function tokenBytes(scopes: readonly string[]): number {
  return base64Length(JSON.stringify({ ...otherClaims, permissions: scopes }).length) + envelope;
}

/** base64url without padding. */
function base64Length(bytes: number): number {
  return Math.ceil((bytes * 4) / 3);
}
