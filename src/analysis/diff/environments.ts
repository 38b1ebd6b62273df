import { byCodePoint } from '../../language/source.ts';
import type { EnvironmentDifference } from '../../model/application-difference.ts';
import type { Environment } from '../../model/definitions.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { Pair } from '../../model/match.ts';
import { matched } from '../../model/match.ts';
import type { Comparison } from './comparison.ts';

/** The environments of two models, each with its counterpart. */
export function environmentPairs(base: EffectiveModel, head: EffectiveModel): readonly Pair<Environment>[] {
  return matched(base.environments, head.environments);
}

/** How environments differ, but for what judges changes: that is control. */
export function environmentDifferences(
  pairs: readonly Pair<Environment>[],
  comparisons: readonly Comparison[],
): readonly EnvironmentDifference[] {
  const renames = applicationRenames(comparisons);
  return pairs
    .flatMap((pair) => environmentDifference(pair, renames) ?? [])
    .toSorted((a, b) => byCodePoint(a.name, b.name));
}

/** What the base's applications are called at the head, where that is something else. */
export function applicationRenames(comparisons: readonly Comparison[]): ReadonlyMap<string, string> {
  return new Map(
    comparisons.flatMap(({ name, base }) => {
      const before = base?.application.definition.name ?? name;
      return before === name ? [] : [[before, name] as const];
    }),
  );
}

function environmentDifference(
  { base, head }: Pair<Environment>,
  renames: ReadonlyMap<string, string>,
): EnvironmentDifference | null {
  const now = head ?? base;
  if (now === null) return null;
  const place = { side: head === null ? 'base' : 'head', ...now.place } as const;
  if (base === null || head === null) {
    const details = now.applications.map(({ name, audience }) => `${name} at ${audience}`);
    return { name: now.name, action: base === null ? 'new' : 'removed', renamedFrom: null, details, place };
  }
  const details = wordsOf(base, head, renames);
  const renamedFrom = base.name === head.name ? null : base.name;
  return details.length === 0 && renamedFrom === null
    ? null
    : { name: now.name, action: 'changed', renamedFrom, details, place };
}

function wordsOf(base: Environment, head: Environment, renames: ReadonlyMap<string, string>): readonly string[] {
  const before = new Map(base.applications.map((item) => [renames.get(item.name) ?? item.name, item]));
  const after = new Map(head.applications.map((item) => [item.name, item]));
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted(byCodePoint);
  return [
    ...(base.target === head.target ? [] : [`target ${head.target}, was ${base.target}`]),
    ...(base.tenant === head.tenant ? [] : [`tenant ${head.tenant}, was ${base.tenant}`]),
    ...names.flatMap((name): readonly string[] => {
      const [one, other] = [before.get(name), after.get(name)];
      if (one === undefined) return [`${name} added at ${other?.audience}`];
      if (other === undefined) return [`${name} removed`];
      const lifetimes = [other.tokenLifetimeSeconds, one.tokenLifetimeSeconds] as const;
      return [
        ...(one.audience === other.audience ? [] : [`audience of ${name} ${other.audience}, was ${one.audience}`]),
        ...(lifetimes[0] === lifetimes[1]
          ? []
          : [`token lifetime of ${name} ${durationText(lifetimes[0])}, was ${durationText(lifetimes[1])}`]),
      ];
    }),
  ];
}

/** `90s`, `15m`, `1h`, `2d`: the largest unit that leaves no rest. */
function durationText(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const;
  const [unit, size] = units.find(([, length]) => seconds % length === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}
