import type { Permission } from '../../model/definitions.ts';
import type { EffectiveApplication, Step } from '../../model/effective-model.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import { permissionsOf } from '../../model/resolve/resolve.ts';
import type { Wanted } from './alternatives.ts';
import { alternatives, gives } from './alternatives.ts';
import type { Access, ExplainedStep, LevelAnswer, PermissionExplanation, Titled } from './explanation.ts';
import type { Holder, Ranks } from './holder.ts';
import { accessOf, explainedHolder, fullReference, isNarrowed, ranksOf, titled } from './holder.ts';
import { lossesOf } from './losses.ts';

/** What is asked: a holder, a permission, a level of it (null: each, or it has none) and an app (null: any). */
export interface PermissionQuestion {
  readonly application: EffectiveApplication;
  readonly holder: Holder;
  readonly permission: Permission;
  readonly level: string | null;
  readonly app: Titled | null;
}

/** Why a holder has, or has not, a permission: it prints what the model has kept, and recomputes nothing. */
export function explainPermission(question: PermissionQuestion): PermissionExplanation {
  const { application, holder, permission, level, app } = question;
  const section = application.definition.sections.find(({ name }) => name === permission.section);
  const ranks =
    level === null
      ? Array.from({ length: Math.max(1, permission.levels.length) }, (_, rank) => rank)
      : [rankOf(permission, level)];
  return {
    schemaVersion: 1,
    question: 'permission',
    holder: explainedHolder(holder, application),
    app,
    permission: {
      reference: fullReference(application, permission, null),
      name: permission.name,
      title: permission.title,
      section: titled(section) ?? { name: permission.section, title: permission.section },
    },
    answers: ranks.map((rank) => answer({ application, holder, permission, rank, app: app?.name ?? null })),
  };
}

function answer(wanted: Wanted): LevelAnswer {
  const { application, holder, permission, rank, app } = wanted;
  const level = permission.levels[rank];
  const forApp = ranksOf(holder, application, app);
  const anywhere = ranksOf(holder, application, null);
  const isHeld = (forApp.get(permission.reference) ?? -1) >= rank;
  const isHeldElsewhere = (anywhere.get(permission.reference) ?? -1) >= rank;
  const highest = anywhere.get(permission.reference) ?? -1;
  const chains = holder.permissions.find((held) => held.permission === permission.reference)?.chains ?? [];
  return {
    verdict: isHeld ? 'held' : isHeldElsewhere ? 'not-for-app' : 'not-held',
    reference: fullReference(application, permission, level?.name ?? null),
    level: titled(level),
    sensitive: (level ?? permission).sensitive,
    heldAtAll: highest >= 0,
    heldLevel: titled(permission.levels[highest]),
    narrowed: isNarrowed(holder) && permission.restrictedBy === 'apps',
    forVendors: (level ?? permission).alsoForVendors,
    chains: chains.map((chain) => chain.map((step) => explainedStep(step, application))),
    losses: isHeld
      ? lossesOf(permission, rank, highest)
      : lossesOf(permission, (forApp.get(permission.reference) ?? -1) + 1, rank),
    neededBy: isHeld ? neededBy(wanted, forApp) : [],
    needs: isHeld ? [] : needs(wanted, forApp),
    alternatives: isHeld ? [] : alternatives(wanted),
    customRoles:
      isHeld || app !== null
        ? 0
        : application.customRoles.filter((custom) => custom !== holder && gives(custom, wanted)).length,
  };
}

function explainedStep({ kind, role, names, place }: Step, { definition }: EffectiveApplication): ExplainedStep {
  const declared = [...definition.roles, ...definition.customRoles, ...definition.assignments];
  const titleOf = (name: string) => declared.find((item) => item.name === name)?.title ?? name;
  return { kind, role, roleTitle: titleOf(role), names, namesTitle: kind === 'grants' ? null : titleOf(names), place };
}

function neededBy({ application, permission, rank }: Wanted, held: Ranks): readonly Access[] {
  return [...permissionsOf(application.definition).values()].flatMap((other) => {
    const requires = other.requires.some(
      (required) => required.permission === permission.reference && rankOf(permission, required.level) >= rank,
    );
    const at = held.get(other.reference);
    return requires && at !== undefined ? [accessOf(other, at, application)] : [];
  });
}

function needs({ application, permission }: Wanted, held: Ranks): readonly Access[] {
  const permissions = permissionsOf(application.definition);
  return permission.requires.flatMap((required) => {
    const other = permissions.get(required.permission);
    const rank = rankOf(other, required.level);
    return other === undefined || (held.get(other.reference) ?? -1) >= rank ? [] : [accessOf(other, rank, application)];
  });
}
