import { createAuthorizer } from '../../src/authorize/authorize.ts';
import type { Resource } from '../../src/authorize/decision.ts';
import type { Policy } from '../../src/authorize/policy.ts';
import type { SnapshotPermission } from '../../src/emulator/snapshot.ts';
import type { Pair } from './pair.ts';

/** What a person or a role holds, over all APIs. */
export type Held = readonly SnapshotPermission[];

/** What may be done with what is held, as `application section/permission:level resource`, by the references after the change. */
export type Decisions = ReadonlySet<string>;

export interface Judge {
  /** As services decide that have the policies of before the change. */
  readonly before: (held: Held) => Decisions;
  /** As services decide that have the policies of after it. */
  readonly after: (held: Held) => Decisions;
}

/**
 * Asks `authorize` every question that there is. A service gets its policy at a time of its own, so a change is judged by
 * both at every instant.
 */
export function judgeOf({ before, after, renamed }: Pair): Judge {
  const audiences = new Set([...before.policies, ...after.policies].map(({ audience }) => audience));
  const scripts = [...audiences].map((audience): Script => {
    const ofBoth = [after, before].flatMap(({ policies }) => policies.filter((policy) => policy.audience === audience));
    const names = (kind: 'apps' | 'vendors' | 'resellers') => [
      ...new Set(ofBoth.flatMap((policy) => Object.keys(policy[kind]))),
    ];
    const resources = [
      ...names('apps').map((app) => ({ app })),
      ...names('vendors').map((vendor) => ({ vendor })),
      ...names('resellers').map((reseller) => ({ reseller })),
    ];
    return { audience, application: ofBoth[0]?.application ?? audience, resources, renamed };
  });
  const decide = (policies: readonly Policy[]) => {
    const deciders = scripts.flatMap((script) =>
      policies
        .filter(({ audience }) => audience === script.audience)
        .map((policy) => ({ audience: script.audience, ask: remembering(questionsOf(policy, script)) })),
    );
    return (held: Held): Decisions =>
      new Set(
        deciders.flatMap(({ audience, ask }) =>
          ask(held.filter((one) => one.audience === audience).map(({ scope }) => scope)),
        ),
      );
  };
  return { before: decide(before.policies), after: decide(after.policies) };
}

/** What both policies of an application are asked, so that their answers can be compared. */
interface Script {
  readonly audience: string;
  readonly application: string;
  readonly resources: readonly Exclude<Resource, { readonly applicationWide: true }>[];
  readonly renamed: Pair['renamed'];
}

function questionsOf(policy: Policy, { audience, application, resources, renamed }: Script): Ask {
  const authorize = createAuthorizer(policy);
  const claims = { iss: policy.issuer, aud: audience, sub: 'auth0|somebody', exp: Number.MAX_SAFE_INTEGER };
  const questions = Object.entries(policy.permissions).flatMap(([name, { levels }]) => {
    const current = (renamed.get(`${audience} ${name}`) ?? `${audience} ${name}`).slice(audience.length + 1);
    return levels.map((level) => {
      const suffix = level.name === null ? '' : `:${level.name}`;
      return { permission: `${name}${suffix}`, words: `${application} ${current}${suffix}` };
    });
  });
  return (permissions) =>
    questions.flatMap(({ permission, words }) => {
      const may = (resource: Resource) => authorize({ ...claims, permissions }, permission, resource).allowed;
      // Who may do it for the whole application may do it for an app of which this policy does not know.
      const isEverywhere = may({ applicationWide: true });
      const somewhere = resources.filter((resource) => isEverywhere || may(resource));
      return [...(isEverywhere ? [words] : []), ...somewhere.map((resource) => `${words}${resourceText(resource)}`)];
    });
}

function resourceText(resource: Resource): string {
  const [[kind, name] = []] = Object.entries(resource);
  return ` on ${kind} ${name}`;
}

type Ask = (permissions: readonly string[]) => readonly string[];

/** A run shows the same holdings over and over. */
function remembering(ask: Ask): Ask {
  const known = new Map<string, readonly string[]>();
  return (permissions) => {
    const key = [...new Set(permissions)].sort().join('\n');
    const answers = known.get(key) ?? ask(permissions);
    known.set(key, answers);
    return answers;
  };
}
