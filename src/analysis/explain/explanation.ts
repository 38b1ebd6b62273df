import type { Place } from '../../language/source.ts';
import type { DenialEffects, Purpose } from '../../model/definitions.ts';

/** Why a role has, or has not, a permission: version 1 of the published shape. `question` tells the three apart. */
export type Explanation = PermissionExplanation | MissingExplanation | AreaExplanation;

interface Asked {
  readonly schemaVersion: 1;
  readonly holder: ExplainedHolder;
  /** The app that is asked about; null: any. */
  readonly app: Titled | null;
}

/** One permission, with an answer for each level asked about, lowest first. */
export interface PermissionExplanation extends Asked {
  readonly question: 'permission';
  /** `reference` is `application/section/permission`. */
  readonly permission: Titled & { readonly reference: string; readonly section: Titled };
  readonly answers: readonly LevelAnswer[];
}

/** Everything that the holder has not, by section. Sections and permissions keep the order of the catalog. */
export interface MissingExplanation extends Asked {
  readonly question: 'missing';
  /** Permissions of the catalog, and how many of them are held in full. */
  readonly permissions: number;
  readonly inFull: number;
  /** Without those that lack nothing. */
  readonly sections: readonly (Titled & { readonly permissions: readonly MissingPermission[] })[];
}

/** The areas and actions whose name matches a text, and what opens them. */
export interface AreaExplanation extends Asked {
  readonly question: 'area';
  readonly text: string;
  /** In the order of the catalog. */
  readonly matches: readonly AreaMatch[];
}

/** A name with what people see. */
export interface Titled {
  readonly name: string;
  readonly title: string;
}

/** The role, custom role or assignment that is asked about. */
export interface ExplainedHolder extends Titled {
  /** `application/name`. */
  readonly reference: string;
  readonly application: string;
  readonly kind: 'role' | 'custom-role' | 'assignment';
  /** false: a building block, which nobody can hold. */
  readonly assignable: boolean;
  /** The apps that it is narrowed to; null: all. */
  readonly apps: readonly Titled[] | null;
  readonly vendors: readonly Titled[];
  readonly resellers: readonly Titled[];
  readonly place: Place;
}

/**
 * The answer for one level, or for a permission without levels.
 *
 * - `held`: at this level or a higher one, for the app if one is asked about
 * - `not-held`: not at this level, whatever the app
 * - `not-for-app`: held, but not for the app asked about
 */
export interface LevelAnswer {
  readonly verdict: 'held' | 'not-held' | 'not-for-app';
  /** `application/section/permission:level`. */
  readonly reference: string;
  readonly level: Titled | null;
  readonly sensitive: boolean;
  /** Whether the permission is held at all, for the app or not, and its highest level; null: it has none. */
  readonly heldAtAll: boolean;
  readonly heldLevel: Titled | null;
  /** Whether the holder's apps narrow what is held; false: application-wide, or the holder is not narrowed. */
  readonly narrowed: boolean;
  /** Whether who is narrowed to an app reaches its vendor and resellers with this level. */
  readonly forVendors: boolean;
  /** Every chain of lines that gives the level held, each from the holder down to a grant. */
  readonly chains: readonly (readonly ExplainedStep[])[];
  /** Held: what would be lost without it. Not held: what is lost. Lowest level first. */
  readonly losses: readonly Loss[];
  /** Held: what the holder also holds and the catalog says to be of no use without it. */
  readonly neededBy: readonly Access[];
  /** Not held: what it requires and the holder lacks as well. */
  readonly needs: readonly Access[];
  /** Not held: who would give it, least privilege first. */
  readonly alternatives: readonly Alternative[];
  /** Not held, and no app asked about: how many custom roles give it for some apps. */
  readonly customRoles: number;
}

/** A step with the titles of what it names; `namesTitle` is null where that is a permission. */
export interface ExplainedStep {
  readonly kind: 'assigns' | 'base' | 'inherits' | 'grants';
  readonly role: string;
  readonly roleTitle: string;
  readonly names: string;
  readonly namesTitle: string | null;
  readonly place: Place;
}

/** What the denial of a level takes away; `effects` is null where nobody has said. */
export interface Loss {
  readonly level: Titled | null;
  readonly effects: DenialEffects | null;
}

/** A permission at a level, as it is held or would be. */
export interface Access {
  /** `application/section/permission:level`. */
  readonly reference: string;
  readonly title: string;
  readonly level: Titled | null;
  /** Whether it, or a lower level that comes with it, is sensitive. */
  readonly sensitive: boolean;
}

/** A role or custom role that would give what is missing. */
export interface Alternative extends Titled {
  readonly reference: string;
  readonly kind: 'role' | 'custom-role';
  /** The level that it gives. */
  readonly level: Titled | null;
  /** The apps that it is narrowed to; null: all. */
  readonly apps: readonly Titled[] | null;
  readonly restrictable: boolean;
  /** Whether a person may hold it besides the holder; false: two restriction markers would deny everything. */
  readonly besides: boolean;
  /** What it brings beyond the holder's permissions and what is asked for. */
  readonly additional: readonly Access[];
  /** What the holder has and it has not. */
  readonly lacks: readonly Access[];
  readonly onlyIn: readonly Purpose[] | null;
  readonly place: Place;
}

/** A permission that is missing, wholly or from a level on. */
export interface MissingPermission extends Titled {
  readonly reference: string;
  /** The highest level held; null: nothing of it. */
  readonly heldLevel: Titled | null;
  /** The levels missing, lowest first, each with what is lost; one for a permission without levels. */
  readonly losses: readonly Loss[];
}

/** A part of the application, or an action, that at least one denial takes away. */
export interface AreaMatch {
  readonly kind: 'area' | 'action';
  /** As the catalog writes it: `Inventory > ROI Dashboard`. */
  readonly name: string;
  /** Whether the holder has all that it needs. */
  readonly open: boolean;
  /** Whether the holder's apps narrow it. */
  readonly narrowed: boolean;
  /** Every permission whose denial takes it away. */
  readonly needs: readonly (Access & { readonly held: boolean })[];
  /** Roles that have all of it, and with an app custom roles after them; each sorted by name. */
  readonly openTo: readonly (Titled & { readonly reference: string; readonly kind: 'role' | 'custom-role' })[];
}
