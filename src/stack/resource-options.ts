import type { CustomResourceOptions } from '@pulumi/pulumi';

/** The names that a resource had, as the engine wants them. */
export function aliases(formerly: readonly string[]): { name: string }[] {
  return formerly.map((name) => ({ name }));
}

/** By which id a resource is imported; created, where it has none. */
export function importing(id: string | undefined): Pick<CustomResourceOptions, 'import'> {
  return id === undefined ? {} : { import: id };
}
