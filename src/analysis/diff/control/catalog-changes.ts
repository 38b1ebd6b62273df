import type { Permission } from '../../../model/definitions.ts';
import type { ControlChange } from '../../../model/difference.ts';
import { referenceText } from '../../../model/reference-text.ts';
import type { ApplicationPair } from '../sides.ts';
import { matchedLevels, matchedPermissions } from '../sides.ts';

/** The marks `sensitive` and `restrictedBy` of permissions that both sides have. */
export function catalogChanges({ name, base, head }: ApplicationPair): readonly ControlChange[] {
  if (base === null || head === null) return [];
  return matchedPermissions(base.application, head.application).flatMap((pair) => {
    if (pair.base === null || pair.head === null) return [];
    return [...restrictionChange(name, pair.base, pair.head), ...sensitiveChanges(name, pair.base, pair.head)];
  });
}

function restrictionChange(application: string, before: Permission, after: Permission): readonly ControlChange[] {
  if (before.restrictedBy === after.restrictedBy) return [];
  const words = ({ restrictedBy }: Permission) => restrictedBy ?? 'nothing';
  return [
    {
      subject: 'restrictedBy',
      action: 'changed',
      application,
      name: after.reference,
      detail: `${words(after)} (before: ${words(before)})`,
      loosens: after.restrictedBy === null,
      place: { side: 'head', ...after.place },
    },
  ];
}

function sensitiveChanges(application: string, before: Permission, after: Permission): readonly ControlChange[] {
  return matchedLevels(before, after).flatMap(({ base, head }): readonly ControlChange[] => {
    if (base === null || head === null || base.sensitive === head.sensitive) return [];
    return [
      {
        subject: 'sensitive',
        action: head.sensitive ? 'added' : 'removed',
        application,
        name: referenceText({ permission: after.reference, level: head.name }),
        detail: head.sensitive ? 'is sensitive' : 'is sensitive no longer',
        loosens: !head.sensitive,
        place: { side: 'head', ...head.place },
      },
    ];
  });
}
