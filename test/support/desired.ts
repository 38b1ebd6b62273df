import type {
  DesiredApplication,
  DesiredEnvironment,
  DesiredHolder,
  DesiredProvisioning,
  DesiredRole,
  DesiredScope,
  DesiredState,
} from '../../src/model/desired-state.ts';

/** A role as a test writes it; what is left out is made up. */
export interface RoleSketch extends Partial<DesiredRole> {
  readonly name: string;
}

export interface ApplicationSketch {
  readonly name?: string;
  readonly formerly?: readonly string[];
  readonly title?: string;
  readonly audience?: string;
  readonly tokenLifetimeSeconds?: number;
  /** References such as `data/spend:edit`, in the order of their levels; the scope is `edit:spend`. */
  readonly permissions?: readonly string[];
  readonly scopes?: readonly DesiredScope[];
  readonly roles?: readonly RoleSketch[];
  readonly holders?: readonly DesiredHolder[];
  readonly provisioning?: DesiredProvisioning;
}

/** A desired state of one environment, sorted as the compiler sorts it. */
export function desired(
  applications: readonly ApplicationSketch[],
  environment: Partial<DesiredEnvironment> = {},
): DesiredState {
  const full = applications.map(application).sort(byName);
  return {
    schemaVersion: 1,
    environment: {
      name: 'dev',
      purpose: 'development',
      target: 'auth0',
      tenant: 'loopback',
      protect: false,
      guards: { maximumRemoval: null, requiredRoles: [] },
      ...environment,
    },
    applications: full,
    digest: `sha256:${full.length}`,
  };
}

/** The scope of a reference `section/permission` or `section/permission:level`. */
export function scope(reference: string, rank = 0): DesiredScope {
  const [path = '', level] = reference.split(':');
  const permission = path.split('/')[1] ?? path;
  return {
    value: level === undefined ? permission : `${level}:${permission}`,
    description: `${words(permission)}${level === undefined ? '' : `: ${words(level)}`}`,
    kind: 'permission',
    reference,
    title: words(permission),
    level: level === undefined ? null : { title: words(level), rank },
    sensitive: false,
  };
}

function application(sketch: ApplicationSketch): DesiredApplication {
  const name = sketch.name ?? 'shop';
  const ranks = new Map<string, number>();
  const scopes = (sketch.permissions ?? []).map((reference) => {
    const permission = reference.split(':')[0] ?? reference;
    const rank = ranks.get(permission) ?? 0;
    ranks.set(permission, rank + 1);
    return scope(reference, rank);
  });
  return {
    name,
    title: sketch.title ?? words(name),
    formerly: sketch.formerly ?? [],
    audience: sketch.audience ?? `https://${name}.example`,
    tokenLifetimeSeconds: sketch.tokenLifetimeSeconds ?? 3600,
    scopes: [...scopes, ...(sketch.scopes ?? [])].sort((a, b) => (a.value < b.value ? -1 : 1)),
    roles: (sketch.roles ?? []).map(role).sort(byName),
    holders: sketch.holders ?? [],
    ...(sketch.provisioning === undefined ? {} : { provisioning: sketch.provisioning }),
  };
}

function role(sketch: RoleSketch): DesiredRole {
  const title = sketch.title ?? words(sketch.name);
  return {
    title,
    description: `${title}, declared in YAML.`,
    kind: 'role',
    formerly: [],
    declaredAt: `roles/${sketch.name}.yaml:5:9`,
    ...sketch,
    scopes: [...(sketch.scopes ?? [])].sort(),
  };
}

function words(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => `${dash && ' '}${letter.toUpperCase()}`);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
