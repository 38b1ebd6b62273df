import type { Permission } from '../../model/definitions.ts';
import type { EffectiveApplication } from '../../model/effective-model.ts';
import type { MissingExplanation, MissingPermission, Titled } from './explanation.ts';
import type { Holder, Ranks } from './holder.ts';
import { explainedHolder, fullReference, ranksOf, titled } from './holder.ts';
import { lossesOf } from './losses.ts';

/** Everything that a holder has not, for an app or (null) for whichever, and what is lost with each. */
export function explainMissing(
  holder: Holder,
  application: EffectiveApplication,
  app: Titled | null,
): MissingExplanation {
  const held = ranksOf(holder, application, app?.name ?? null);
  const { sections } = application.definition;
  const all = sections.flatMap(({ permissions }) => permissions);
  const shown = sections.map(({ name, title, permissions }) => ({
    name,
    title,
    permissions: permissions.flatMap((permission) => missing(permission, held, application)),
  }));
  return {
    schemaVersion: 1,
    question: 'missing',
    holder: explainedHolder(holder, application),
    app,
    permissions: all.length,
    inFull: all.length - shown.flatMap(({ permissions }) => permissions).length,
    sections: shown.filter(({ permissions }) => permissions.length > 0),
  };
}

function missing(permission: Permission, held: Ranks, application: EffectiveApplication): MissingPermission[] {
  const rank = held.get(permission.reference) ?? -1;
  const highest = Math.max(0, permission.levels.length - 1);
  if (rank >= highest) return [];
  return [
    {
      reference: fullReference(application, permission, null),
      name: permission.name,
      title: permission.title,
      heldLevel: titled(permission.levels[rank]),
      losses: lossesOf(permission, rank + 1, highest),
    },
  ];
}
