import { lintCodes, lintNames } from '../../language/catalogue/lint-codes.ts';
import type { Application, Identity, Role } from '../../model/definitions.ts';
import { escapeMarkdown, paragraphs, titled } from './markdown.ts';
import type { Choice, Offer } from './offers.ts';
import { choiceOf } from './offers.ts';
import { bareOffers, permissionOffers } from './permission-offers.ts';

/** What a Constraint names, in its own application or in all of them; `role`: custom roles and building blocks too. */
export type ConstraintName = 'permission' | 'role' | 'assignment';

/**
 * What the documents of an application name. `bare`: a permission without its level; `parent`: what a role inherits;
 * `base`: what a custom role narrows; `holdable`: what a person can hold, which are assignable roles and custom roles.
 */
export type Name = ConstraintName | 'bare' | 'section' | 'parent' | 'base' | 'holdable' | 'app' | 'vendor';

/** What documents name that belong to no application. */
export type OverallName = ConstraintName | 'holdable' | 'application' | 'lint';

/** The names of an application, as its own documents write them. */
export function choicesOf(application: Application): Readonly<Record<Name, Choice>> {
  const { title, roles, customRoles, sections, assignments, apps, vendors } = application;
  const choice = (what: string, offers: readonly Offer[]): Choice =>
    choiceOf(`${what} of ${title}`, refusalOf(title, what), offers);
  const narrowed = customRoles.map((role) => offerOf(role, `${role.base.name}, narrowed to ${role.apps.length} apps`));
  return {
    permission: choice('Permission', permissionOffers(application)),
    bare: choice('Permission', bareOffers(application)),
    section: choice(
      'Section',
      sections.map((section) => offerOf(section, null)),
    ),
    role: choice('Role', [...roles.map(offerOfRole), ...narrowed]),
    parent: choice('Role', roles.map(offerOfRole)),
    base: choice('Restrictable role', roles.filter(({ restrictable }) => restrictable).map(offerOfRole)),
    holdable: choice('Role', [...roles.filter(({ assignable }) => assignable).map(offerOfRole), ...narrowed]),
    assignment: choice(
      'Assignment',
      assignments.map((assignment) => offerOf(assignment, assignment.role.name)),
    ),
    app: choice(
      'App',
      apps.map((app) => offerOf({ ...app, description: null }, app.vendor)),
    ),
    vendor: choice(
      'Vendor',
      vendors.map((vendor) => offerOf({ ...vendor, description: null }, null)),
    ),
  };
}

/** The names of all applications as they are written outside of each, `application/name`, and those of no application. */
export function overallChoices(applications: readonly Application[]): Readonly<Record<OverallName, Choice>> {
  const each = applications.map((application) => ({ name: application.name, choices: choicesOf(application) }));
  const choice = (what: string, offers: readonly Offer[]): Choice =>
    choiceOf(what, refusalOf('This repository', what), offers);
  const all = (what: Name): readonly Offer[] =>
    each.flatMap(({ name: application, choices }) =>
      choices[what].offers.map(({ name, markdown }) => ({ name: `${application}/${name}`, markdown })),
    );
  return {
    permission: choice('Permission', all('permission')),
    role: choice('Role', all('role')),
    assignment: choice('Assignment', all('assignment')),
    holdable: choice('Role', all('holdable')),
    application: choice(
      'Application',
      applications.map((application) => offerOf(application, `version ${application.version}`)),
    ),
    lint: choiceOf('Lint', 'There is no such lint.', lintOffers()),
  };
}

function lintOffers(): readonly Offer[] {
  return lintNames.map((name) => ({
    name,
    markdown: paragraphs(
      ...Object.values(lintCodes)
        .filter(({ lint }) => lint === name)
        .map(({ meaning }) => escapeMarkdown(meaning)),
    ),
  }));
}

/** The schema is made by a run of rolewright, so what was written since then is not in it. */
function refusalOf(owner: string, what: string): string {
  return `${owner} has no such ${what.toLowerCase()}. If it is new: run rolewright schema.`;
}

function offerOfRole(role: Role): Offer {
  return offerOf(role, role.assignable ? (role.restrictable ? 'restrictable' : null) : 'building block');
}

function offerOf(
  { name, title, description }: Pick<Identity, 'name' | 'title' | 'description'>,
  aside: string | null,
): Offer {
  return { name, markdown: titled(title, aside, description) };
}
