import type { Step } from '../../src/reconcile/plan-from-steps.ts';
import { kinds } from '../../src/stack/resource-kinds.ts';

type Kind = keyof typeof kinds;

/** A step of the engine as its events tell it, for one resource of a kind. */
export function step(
  op: Step['op'],
  kind: Kind,
  name: string,
  { old, now, oldName = name }: { readonly old?: object; readonly now?: object; readonly oldName?: string },
): Step {
  const urn = (logical: string) => `urn:pulumi:dev::rolewright::${kinds[kind]}::${logical}`;
  const side = (logical: string, inputs: object | undefined) =>
    inputs === undefined ? null : { urn: urn(logical), inputs: { ...inputs } };
  return {
    op,
    urn: urn(now === undefined ? oldName : name),
    type: kinds[kind],
    old: side(oldName, old),
    new: side(name, now),
  };
}

/** The inputs of a Role. */
export function role(title: string, description = `${title}, declared in YAML.`) {
  return { name: title, description };
}

/** The inputs of RolePermissions. */
export function holding(...scopes: readonly string[]) {
  return { permissions: scopes.map((name) => ({ name, resourceServerIdentifier: 'https://shop.example' })) };
}

/** The inputs of ResourceServerScopes. */
export function offering(...scopes: readonly string[]) {
  return { scopes: scopes.map((name) => ({ name, description: `What ${name} does` })) };
}
