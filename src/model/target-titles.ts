import type { TargetName } from './definitions.ts';

/** How people call the targets. */
export const targetTitles: Readonly<Record<TargetName, string>> = { auth0: 'Auth0', keycloak: 'Keycloak' };
