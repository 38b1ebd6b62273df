import type { TargetName } from '../../model/definitions.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { Host } from '../host.ts';

/** The identity providers that the environments are on; where there are none, the one of the variables. */
export function targetsOf(
  model: EffectiveModel | null,
  { KEYCLOAK_URL, AUTH0_DOMAIN }: Host['env'],
): readonly TargetName[] {
  const declared = new Set(model?.environments.map(({ target }) => target));
  if (declared.size > 0) return [...declared].toSorted();
  return KEYCLOAK_URL && !AUTH0_DOMAIN ? ['keycloak'] : ['auth0'];
}
