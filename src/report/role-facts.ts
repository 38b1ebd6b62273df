import type { Holder } from '../analysis/explain/holder.ts';
import { isNarrowed, onlyInOf } from '../analysis/explain/holder.ts';
import { formatPlace } from '../language/source.ts';
import type {
  EffectiveApplication,
  EffectiveAssignment,
  EffectiveCustomRole,
  EffectiveRole,
} from '../model/effective-model.ts';
import { enumeration } from './enumeration.ts';
import type { Paint } from './paint.ts';
import { counted } from './tally.ts';
import { terminalText } from './terminal-text.ts';

/** A line about a role; null: nothing to say. */
type Fact = readonly [label: string, value: string | null];

/** Who a role, custom role or assignment is, a fact a line below its title. */
export function roleFacts(holder: Holder, application: EffectiveApplication, paint: Paint): readonly string[] {
  const { definition } = holder;
  const onlyIn = onlyInOf(holder, application);
  const facts: readonly Fact[] = [
    ['kind', kindOf(holder)],
    ['', definition.description],
    ['formerly', listed(definition.formerly)],
    ...factsOf(holder, application),
    ['only in', onlyIn === null ? null : enumeration(onlyIn)],
    ['owners', listed(definition.owners)],
    ['declared', formatPlace(definition.place)],
    ['holds', counted(holder.permissions.length, 'permission')],
  ];
  return [
    `${paint('strong', terminalText(definition.title))}  ${application.definition.name}/${definition.name}`,
    ...facts.flatMap(([label, value]) => (value === null ? [] : [`  ${label.padEnd(10)}${terminalText(value)}`])),
  ];
}

function kindOf(holder: Holder): string {
  if (holder.kind === 'assignment') return 'assignment: who holds a role';
  if (holder.kind === 'custom-role') return 'custom role';
  if (!holder.definition.assignable) return 'building block: inherited, never held by anybody';
  return holder.definition.restrictable ? 'role, may be restricted to apps' : 'role';
}

function factsOf(holder: Holder, application: EffectiveApplication): readonly Fact[] {
  switch (holder.kind) {
    case 'role':
      return factsOfRole(holder, application);
    case 'custom-role':
      return [
        ['base', holder.definition.base.name],
        ...reach(holder, application),
        assignedBy(holder.definition.name, application),
      ];
    case 'assignment':
      return [['assigns', holder.definition.role.name], ...reach(holder, application), ['people', peopleOf(holder)]];
  }
}

function factsOfRole({ definition }: EffectiveRole, application: EffectiveApplication): readonly Fact[] {
  const { name } = definition;
  const heirs = application.roles.filter((role) => role.definition.inherits.some((parent) => parent.name === name));
  const narrowed = application.customRoles.filter((role) => role.definition.base.name === name);
  return [
    ['inherits', listed(definition.inherits.map((parent) => parent.name))],
    ['heirs', listed(heirs.map((role) => role.definition.name))],
    ['narrowed', listed(narrowed.map((role) => role.definition.name))],
    assignedBy(name, application),
  ];
}

/** The assignments that give a role: "by zoom-administrators". */
function assignedBy(role: string, { assignments }: EffectiveApplication): Fact {
  const giving = assignments.filter(({ definition }) => definition.role.name === role);
  const names = listed(giving.map(({ definition }) => definition.name));
  return ['assigned', names === null ? null : `by ${names}`];
}

/** For which apps a holder may what apps narrow, and whose they are. */
function reach(holder: EffectiveCustomRole | EffectiveAssignment, application: EffectiveApplication): readonly Fact[] {
  const { apps, vendors } = application.definition;
  const titles = (names: readonly string[], known: readonly { readonly name: string; readonly title: string }[]) =>
    listed(names.map((name) => known.find((item) => item.name === name)?.title ?? name));
  if (!isNarrowed(holder)) return [['apps', application.restrictable ? 'all' : null]];
  const names = holder.apps.map(({ name }) => name);
  return [
    ['apps', titles(names, apps)],
    ['vendors', titles(holder.vendors, vendors)],
    ['resellers', listed(holder.resellers)],
  ];
}

/** "2", or "2, and 1 whose last day is over". */
function peopleOf({ users, definition }: EffectiveAssignment): string {
  const ended = definition.users.length - users.length;
  return `${users.length}${ended === 0 ? '' : `, and ${ended} whose last day is over`}`;
}

function listed(names: readonly string[]): string | null {
  return names.length === 0 ? null : names.join(', ');
}
