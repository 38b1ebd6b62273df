import { says } from './compare-denials.ts';
import type { Problems } from './compare-facts.ts';
import { differences, titleReader } from './compare-facts.ts';
import type { ProductivFacts } from './facts.ts';
import type { Application, Held, Permission, Role } from './matrix.ts';
import { entryOf } from './matrix.ts';

const notifications = 'notifications by e-mail';
const contractUpload = "contract upload on an app's Contracts page";

/** The facts' name of a permission. The source titles only its twelve actions; the two others are known by what they are. */
const labelOf = (facts: ProductivFacts, permission: Permission): string => {
  const title = titleReader(facts.titleAlternatives)(permission.title);
  if (facts.actions.some((action) => action.title === title)) return title;
  const order = permission.levels.map(({ name }) => name).join();
  if (order === facts.notifications.order.join()) return notifications;
  return /contract/i.test(title) && /upload/i.test(title) ? contractUpload : title;
};

const levelsOf = (facts: ProductivFacts, title: string): string[] => {
  const held = new Set<string>(facts.actions.find((action) => action.title === title)?.levels);
  return ['view-summary', 'view', 'edit'].filter((level) => held.has(level));
};

/** The twelve actions of the table, the notifications and the upload for one app, each with its levels, lowest first. */
export const compareLevelCatalog = (facts: ProductivFacts, application: Application): Problems => {
  const permissions = application.sections.flatMap((section) => section.permissions);
  const titles = facts.actions.map(({ title }) => title);
  const levels = permissions.flatMap((permission) => {
    const label = labelOf(facts, permission);
    const actual = permission.levels.map(({ name }) => name).join(' < ');
    const expected = levelsOf(facts, label).join(' < ');
    return titles.includes(label) && actual !== expected ? [`${label}: levels ${actual}, not ${expected}`] : [];
  });
  const labels = permissions.map((permission) => labelOf(facts, permission));
  return [...differences('permissions', [...titles, notifications, contractUpload], labels), ...levels];
};

const expectedOf = (facts: ProductivFacts, title: string): string[] => {
  const column = facts.roles.findIndex((role) => role.title === title);
  const actions = facts.actions.filter(({ levels }) => (levels[column] ?? 'none') !== 'none');
  return [
    ...actions.map((action) => `${action.title}: ${action.levels[column]}`),
    `${notifications}: ${facts.notifications.levels[column]}`,
    ...(facts.uploads.contractsPage.roles.includes(title) ? [contractUpload] : []),
  ];
};

const roleTitled = (facts: ProductivFacts, title: string, application: Application): Role | undefined => {
  const read = titleReader(facts.titleAlternatives);
  return application.roles.find((role) => role.kind === 'role' && read(role.title) === title);
};

const labelHeld = (facts: ProductivFacts, application: Application, held: Held): string =>
  labelOf(facts, entryOf(application, held).permission);

/** One role against its column. */
export const compareColumn = (facts: ProductivFacts, title: string, application: Application): Problems => {
  const role = roleTitled(facts, title, application);
  if (!role) return [`${title}: missing, the whole role`];
  const actual = role.permissions.map((held) => {
    const label = labelHeld(facts, application, held);
    return label === contractUpload ? label : `${label}: ${held.level}`;
  });
  return differences(title, expectedOf(facts, title), actual);
};

/** What of a restrictable role ends at its apps, as far as the source says it. */
export const compareRestrictions = (facts: ProductivFacts, application: Application): Problems => {
  const known = new Map(facts.actions.map(({ title, restrictedBy }) => [title, restrictedBy]));
  known.set(contractUpload, facts.uploads.contractsPage.restrictedBy);
  const restrictable = facts.roles.filter((role) => role.restrictable);
  return restrictable.flatMap(({ title }) =>
    (roleTitled(facts, title, application)?.permissions ?? []).flatMap((held) => {
      const label = labelHeld(facts, application, held);
      const expected = known.get(label);
      const actual = held.restrictedBy ?? 'nothing';
      const agrees = expected === undefined || expected === actual;
      return agrees ? [] : [`${title}: ${label} is restricted by ${actual}, not by ${expected}`];
    }),
  );
};

/** Two levels whose meaning the source explains: losing them says what it explains. */
export const compareWithheld = (facts: ProductivFacts, application: Application): Problems => {
  const permissions = application.sections.flatMap((section) => section.permissions);
  return facts.withheld.flatMap(({ action, level, words }) => {
    const permission = permissions.find((candidate) => labelOf(facts, candidate) === action);
    const denial = permission?.levels.find(({ name }) => name === level)?.whenDenied;
    const sentences = [...(denial?.hidden ?? []), ...(denial?.refused ?? [])];
    const unsaid = words.filter((word) => !sentences.some((sentence) => says(sentence, word)));
    return unsaid.map((word) => `${action} (${level}): missing ${word}`);
  });
};

const customRoleProblems = (facts: ProductivFacts, application: Application, role: Role): Problems => {
  const read = titleReader(facts.titleAlternatives);
  const base = application.roles.find(({ name, kind }) => kind === 'role' && name === role.base);
  if (!base) return [`${role.title}: is based on none of the platform's roles`];
  const restrictable = facts.roles.some(({ title, restrictable }) => restrictable && title === read(base.title));
  const lines = ({ permissions }: Role) =>
    permissions.map((held) => `${labelHeld(facts, application, held)}: ${held.level}`);
  return [
    ...(restrictable ? [] : [`${role.title}: is based on ${base.title}, which no apps can restrict`]),
    ...((role.apps ?? []).length > 0 ? [] : [`${role.title}: names no app`]),
    ...differences(role.title, lines(base), lines(role)),
  ];
};

/** Custom roles hold exactly their base's permissions, for a list of apps. */
export const compareCustomRoles = (facts: ProductivFacts, application: Application): Problems => {
  const custom = application.roles.filter(({ kind }) => kind === 'custom-role');
  const count = custom.length === facts.customRoles ? [] : [`custom roles: ${custom.length}, not ${facts.customRoles}`];
  return [...count, ...custom.flatMap((role) => customRoleProblems(facts, application, role))];
};
