import type { TargetName } from './model/definitions.ts';
import type { Target } from './stack/target.ts';

/** The identity provider of an environment. Only the one that is asked for is loaded. */
export async function targetOf({ target }: { readonly target: TargetName }): Promise<Target> {
  switch (target) {
    case 'auth0':
      return (await import('./targets/auth0/target.ts')).auth0;
    case 'keycloak':
      return (await import('./targets/keycloak/target.ts')).keycloak;
  }
}
