import type { Diagnostic } from '../../../language/diagnostic.ts';
import { diagnostic } from '../../../language/diagnostic.ts';
import type { Named, Reference } from '../../../model/definitions.ts';
import type { EffectiveApplication, HeldPermission } from '../../../model/effective-model.ts';
import { rankOf } from '../../../model/resolve/hold.ts';
import { permissionsOf } from '../../../model/resolve/resolve.ts';
import type { LintContext } from '../lint-context.ts';

/** Grants of what is inherited at the same or a higher level; a grant that raises the level is none. */
export function redundantGrant({ model }: LintContext): readonly Diagnostic[] {
  return model.applications.flatMap(redundantIn);
}

function redundantIn(application: EffectiveApplication): readonly Diagnostic[] {
  const permissions = permissionsOf(application.definition);
  const holdings = new Map(
    application.roles.map(({ definition, permissions: held }) => [
      definition.name,
      new Map(held.map((item) => [item.permission, item])),
    ]),
  );
  return application.roles.flatMap(({ definition: { inherits, grants } }) =>
    grants.flatMap((grant) => {
      const known = permissions.get(grant.permission);
      const sources = inherits.flatMap((parent) => {
        const held = holdings.get(parent.name)?.get(grant.permission);
        return held !== undefined && rankOf(known, held.level) >= rankOf(known, grant.level) ? [{ parent, held }] : [];
      });
      return sources.slice(0, 1).map(({ parent, held }) => redundant(grant, parent, held));
    }),
  );
}

function redundant(grant: Reference, parent: Named, held: HeldPermission): Diagnostic {
  const inherited = held.level === null ? held.permission : `${held.permission}:${held.level}`;
  const granting = held.chains[0]?.at(-1);
  const related = [
    { message: `inherits "${parent.name}"`, place: parent.place },
    ...(granting === undefined ? [] : [{ message: `"${granting.role}" grants it`, place: granting.place }]),
  ];
  const help = 'remove the line: nobody gains or loses anything';
  return diagnostic('RW7002', grant.place, { grant: grant.text, parent: parent.name, inherited }, { related, help });
}
