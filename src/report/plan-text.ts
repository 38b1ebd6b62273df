import type { DesiredState } from '../model/desired-state.ts';
import type {
  ApplicationChange,
  CatalogChange,
  Change,
  HolderChange,
  Plan,
  PlanSummary,
  ProvisioningChange,
  RoleChange,
} from '../model/plan.ts';
import { accessText } from './access-text.ts';
import { withDistinctTitles } from './distinct-titles.ts';
import type { Paint } from './paint.ts';
import type { Sign } from './role-change-text.ts';
import { roleChangeText, sameChanges, signed } from './role-change-text.ts';
import { counted } from './tally.ts';
import { terminalText } from './terminal-text.ts';

/**
 * A plan in words, application by application, the gravest first; the last line counts. Ends with a line feed. With the
 * desired state at hand, applications have their titles, and permissions that share a title are told apart.
 */
export function planText(given: Plan, paint: Paint, desired: DesiredState | null = null): string {
  const plan = desired === null ? given : withDistinctTitles(given, desired);
  const titles = new Map(desired?.applications.map(({ name, title }) => [name, title]));
  const stack = `stack ${terminalText(plan.stack)}`;
  if (plan.changes.length === 0) return `No change: ${stack} is as declared.\n`;
  const applications = [...Map.groupBy(plan.changes, ({ application }) => application)];
  const blocks = applications.map(([name, changes]) => [
    paint('strong', terminalText(titles.get(name) ?? name)),
    ...changesOf(changes, titles.get(name) ?? name, paint).map((line) => `  ${line}`),
    ...reachingEverybody(changes, everybodyHolds(name, desired), paint).map((line) => `  ${line}`),
  ]);
  const opening = `Plan for ${stack}, tenant ${terminalText(plan.tenant)}`;
  return `${[opening, ...blocks.map((lines) => lines.join('\n')), summaryText(plan.summary)].join('\n\n')}\n`;
}

/** The last line of a plan. */
export function summaryText(summary: PlanSummary): string {
  const { rolesCreated, rolesChanged, rolesRemoved, grantsAdded, grantsRemoved } = summary;
  const { applicationsCreated, applicationsRemoved, peopleAdded, peopleRemoved } = summary;
  const { provisioningChanged = 0, defaultRolesChanged = 0 } = summary;
  const applications = [
    applicationsCreated > 0 ? `${counted(applicationsCreated, 'application')} to create` : null,
    applicationsRemoved > 0 ? `${counted(applicationsRemoved, 'application')} to remove` : null,
  ];
  const parts = [
    ...applications.filter((part) => part !== null),
    `${counted(rolesCreated, 'role')} to create, ${rolesChanged} to change, ${rolesRemoved} to remove`,
    `${counted(grantsAdded, 'permission')} granted, ${grantsRemoved} taken away`,
    ...(peopleAdded + peopleRemoved > 0
      ? [`${counted(peopleAdded, 'person', 'people')} added to roles, ${peopleRemoved} removed`]
      : []),
    ...(provisioningChanged > 0 ? [`${counted(provisioningChanged, 'rule')} for first sign-ins to change`] : []),
    ...(defaultRolesChanged > 0 ? [`${counted(defaultRolesChanged, 'default role')} to change`] : []),
  ];
  return `Plan: ${parts.join('; ')}.`;
}

function changesOf(changes: readonly Change[], application: string, paint: Paint): readonly string[] {
  const roles = changes.filter((change) => change.subject === 'role');
  const catalogs = changes.filter((change) => change.subject === 'catalog');
  const applications = changes.filter((change) => change.subject === 'application');
  const groups = sameChanges(roles).toSorted((a, b) => gravity(a) - gravity(b));
  // Of a new application one line says what it offers, before its roles; later on, roles matter more.
  const isNew = catalogs.some(({ action }) => action === 'create');
  const offers = catalogs.flatMap((change) => catalogText(change, paint));
  return [
    ...applications.flatMap((change) => applicationText(change, paint)),
    ...(isNew ? offers : []),
    ...groups.flatMap((group) => roleChangeText(group, paint)),
    ...changes.filter((change) => change.subject === 'holder').map((change) => holderText(change, paint)),
    ...changes
      .filter((change) => change.subject === 'provisioning')
      .map((change) => provisioningText(change, application, paint)),
    ...(isNew ? [] : offers),
  ];
}

/** The role that everybody holds in an application; null where there is none, or it is given at the first sign-in alone. */
function everybodyHolds(name: string, desired: DesiredState | null): string | null {
  if (desired?.environment.target !== 'keycloak') return null;
  return desired.applications.find((application) => application.name === name)?.provisioning?.default ?? null;
}

/** A role that everybody holds and goes on holding: what happens to it happens to all of them. */
function reachingEverybody(changes: readonly Change[], role: string | null, paint: Paint): readonly string[] {
  if (changes.some(({ subject }) => subject === 'provisioning')) return [];
  return changes
    .filter((change) => change.subject === 'role')
    .filter((change) => change.role === role && change.gains.length + change.loses.length > 0)
    .map(({ title }) => paint('strong', terminalText(title)))
    .map((held) => signed('~', `Everybody holds ${held} by default: what it gains or loses, they all do`, paint));
}

/** Smaller is graver: what is removed, what is sensitive, what widens, what narrows, what is new, the rest. */
function gravity([role]: readonly RoleChange[]): number {
  if (role === undefined || role.action === 'remove') return 0;
  if (role.action === 'create') return 4;
  if (role.gains.some(({ sensitive }) => sensitive)) return 1;
  if (role.direction === 'widening') return 2;
  return role.direction === 'narrowing' ? 3 : 5;
}

function holderText({ action, account, title }: HolderChange, paint: Paint): string {
  const [sign, verb]: [Sign, string] = action === 'add' ? ['+', 'is given'] : ['-', 'no longer holds'];
  return signed(sign, `${terminalText(account)} ${verb} ${paint('strong', terminalText(title))}`, paint);
}

function provisioningText(change: ProvisioningChange, application: string, paint: Paint): string {
  const { reach, action, title, domain, connection, formerTitle, direction } = change;
  if (action === 'rewrite') return signed('~', 'The action at sign-in is written anew, and gives nothing else', paint);
  const sign: Sign = direction === 'widening' ? '+' : direction === 'narrowing' ? '-' : '~';
  const role = paint('strong', terminalText(title));
  const before = formerTitle === null ? '' : `, no longer ${terminalText(formerTitle)}`;
  if (reach === 'everybody') {
    const told =
      action === 'remove'
        ? `Everybody loses ${role} but those who were given it by name`
        : `Everybody gets ${role}${before}, those who are there already too, and whatever is added to it later`;
    return signed(sign, told, paint);
  }
  const over = domain === null ? '' : ` of ${terminalText(domain)} over ${terminalText(connection ?? '')}`;
  const who = `People${over} who sign in to ${terminalText(application)} for the first time`;
  return signed(sign, `${who} ${action === 'remove' ? 'no longer get' : 'get'} ${role}${before}`, paint);
}

function applicationText({ action, details, direction }: ApplicationChange, paint: Paint): readonly string[] {
  const what = {
    create: signed('+', 'The application is new', paint),
    adopt: signed('~', 'The application is found in the tenant and taken over', paint),
    update: null,
    remove: signed('-', 'The application is removed: nobody may do anything in it any more', paint),
  }[action];
  const sign: Sign = direction === 'widening' ? '+' : direction === 'narrowing' ? '-' : '~';
  const told = details.map((detail) => signed(what === null ? sign : '~', terminalText(detail), paint));
  return what === null ? told : [what, ...told.map((line) => `    ${line}`)];
}

function catalogText(change: CatalogChange, paint: Paint): readonly string[] {
  const { action, added, removed, described } = change;
  const markers = (items: CatalogChange['added']) => items.filter(({ kind }) => kind !== 'restriction');
  // With a new application everything is new, and with a removed one everything goes: a number says it all.
  if (action === 'create') return [signed('~', `The catalog offers ${counted(added.length, 'scope')}`, paint)];
  if (action === 'remove') return [signed('-', `The catalog offered ${counted(removed.length, 'scope')}`, paint)];
  return [
    ...markers(added).map((item) => signed('~', `The catalog now offers ${accessText(item)}`, paint)),
    ...markers(removed).map((item) => signed('-', `The catalog no longer offers ${accessText(item)}`, paint)),
    ...(described.length === 0
      ? []
      : [signed('~', `The catalog describes ${counted(described.length, 'scope')} in new words`, paint)]),
    ...(action === 'adopt' ? [signed('~', 'The catalog is found in the tenant and taken over', paint)] : []),
  ];
}
