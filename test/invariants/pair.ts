import type { Policy } from '../../src/authorize/policy.ts';
import type { DesiredRole, DesiredState } from '../../src/model/desired-state.ts';

/** What is declared at one time, and the policies by which the services decide then. */
export interface Model {
  readonly desired: DesiredState;
  readonly policies: readonly Policy[];
}

/** A change: what is declared before it, which has been applied, and after it. */
export interface Pair {
  readonly name: string;
  readonly before: Model;
  readonly after: Model;
  /** New references of permissions by their old ones, both as `<audience> <section/permission>`. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Guards that the run from before to after may go past. */
  readonly overrides: readonly string[];
}

/** A role over a change; before is null for a new one, after for one that is removed. */
export interface RoleChange {
  /** `shop/admin`, as it is declared after the change, else before it. */
  readonly name: string;
  readonly audience: string;
  readonly before: DesiredRole | null;
  readonly after: DesiredRole | null;
}

/** An API over a change, known by its audience, which never changes. */
export interface ApplicationChange {
  readonly audience: string;
  readonly before: DesiredState['applications'][number] | null;
  readonly after: DesiredState['applications'][number] | null;
}

/** Every application that is declared before or after. */
export function applicationChanges({ before, after }: Pair): readonly ApplicationChange[] {
  const all = [...before.desired.applications, ...after.desired.applications];
  const of = ({ desired }: Model, audience: string) =>
    desired.applications.find((application) => application.audience === audience) ?? null;
  return [...new Set(all.map(({ audience }) => audience))].map((audience) => ({
    audience,
    before: of(before, audience),
    after: of(after, audience),
  }));
}

/** Every role that is declared before or after, a renamed one once: `formerly` says that it is the same. */
export function roleChanges(pair: Pair): readonly RoleChange[] {
  return applicationChanges(pair).flatMap(({ audience, before, after }) => {
    const old = before?.roles ?? [];
    const kept = (after?.roles ?? []).map((role): RoleChange => {
      const former = old.find(({ name }) => name === role.name || role.formerly.includes(name)) ?? null;
      return { name: `${after?.name}/${role.name}`, audience, before: former, after: role };
    });
    const gone = old.filter((role) => !kept.some((change) => change.before === role));
    return [
      ...kept,
      ...gone.map((role) => ({ name: `${before?.name}/${role.name}`, audience, before: role, after: null })),
    ];
  });
}

/** The scope that stands for the same permission after the change, at the same level; undefined where there is none. */
export function successorOf(scope: string, audience: string, { before, after, renamed }: Pair): string | undefined {
  const permissions = (policies: typeof before.policies) =>
    Object.entries(policies.find((policy) => policy.audience === audience)?.permissions ?? {});
  for (const [name, { levels }] of permissions(before.policies)) {
    const level = levels.find((one) => one.scope === scope);
    if (level === undefined) continue;
    const current = renamed.get(`${audience} ${name}`) ?? `${audience} ${name}`;
    const [, now] = permissions(after.policies).find(([key]) => `${audience} ${key}` === current) ?? [];
    return now?.levels.find((one) => one.name === level.name)?.scope;
  }
  return undefined;
}
