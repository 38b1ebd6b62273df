import type { Details, Related } from '../../language/diagnostic.ts';
import type { Reference } from '../../model/definitions.ts';
import type { HeldPermission } from '../../model/effective-model.ts';
import { referenceText } from '../../model/reference-text.ts';
import { stepRelated } from '../../model/step-related.ts';
import type { Decision } from './decide.ts';
import { decide } from './decide.ts';
import type { Subject, TestedApplication } from './subject.ts';

/** How many of the roles that would give a permission are named. */
const rolesNamed = 3;

/** Why a subject holds a permission: every chain that gives it, from the subject down to the grants. */
export function whyHeld({ chains }: HeldPermission): readonly Related[] {
  return chains.flat().map(stepRelated);
}

/** Why a subject cannot do something: what it holds instead, and which roles would give it, those that may do least first. */
export function whyNot(
  subject: Subject,
  decision: Extract<Decision, { kind: 'lacks' | 'other-apps' }>,
  asked: Reference,
  app: string | null,
  application: TestedApplication,
): Details {
  const giving = application.holders
    .filter((role) => decide(role, asked, app, application).kind === 'can')
    .map(({ definition }) => definition.name);
  const shown = giving.slice(0, rolesNamed).join(', ');
  const more = giving.length > rolesNamed ? ` and ${giving.length - rolesNamed} more` : '';
  const given = giving.length === 0 ? 'no role gives it' : `given by ${shown}${more}`;
  if (decision.kind === 'other-apps') {
    const related = appsRelated(subject);
    return { related, help: `${subject.definition.name} is narrowed to other apps; ${given}` };
  }
  if (decision.held === null) return { help: given };
  return { related: whyHeld(decision.held), help: `it holds no more than "${referenceText(decision.held)}"; ${given}` };
}

function appsRelated(subject: Subject): readonly Related[] {
  if (subject.kind === 'role') return [];
  return subject.apps.map(({ name, place }) => ({ message: `narrowed to ${name}`, place }));
}
