import type { Purpose } from './definitions.ts';
import type { Direction } from './plan.ts';

/**
 * What differs between two effective models, as data: plain JSON, sorted, the same bytes for the same two models. The
 * places in it are `file:line:column` of the side they name.
 */
export interface Difference {
  readonly schemaVersion: 1;
  /** The two sides as the reader named them: a revision, an environment, a file, "the working tree". */
  readonly base: string;
  readonly head: string;
  /** Changes to what judges a change. They are told first and apart. */
  readonly control: readonly ControlChange[];
  /** Sorted by application. */
  readonly catalogs: readonly CatalogDifference[];
  /** Every role, custom role and assignment that differs, sorted by application, kind, name. No building blocks: nobody holds them. */
  readonly subjects: readonly SubjectDifference[];
  /** The same permission changes by what caused them, so that an inherited grant is told once with its reach. */
  readonly causes: readonly CauseDifference[];
  /** What new people get, where it differs; sorted by application. */
  readonly provisioning: readonly ProvisioningDifference[];
  /** Sorted by name. */
  readonly environments: readonly EnvironmentDifference[];
  readonly summary: DifferenceSummary;
}

/** How much attention a change asks for. `high`: it widens what is sensitive, reserved, or what everybody gets at first. */
export type Severity = 'high' | 'medium' | 'low';
export type SeverityReason = 'sensitive' | 'reserved' | 'default-role' | 'holders';

/** A line of one side. */
export interface SidePlace {
  readonly side: 'base' | 'head';
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface SubjectDifference {
  readonly application: string;
  readonly kind: 'role' | 'custom-role' | 'assignment';
  /** The name at the head; at the base for a removed one. */
  readonly name: string;
  readonly title: string;
  readonly action: 'new' | 'removed' | 'changed';
  /** The name at the base, where it is renamed by `formerly`: holders stay. */
  readonly renamedFrom: string | null;
  readonly retitledFrom: string | null;
  readonly direction: Direction | 'both';
  readonly severity: Severity;
  readonly reasons: readonly SeverityReason[];
  /** Sorted by reference. */
  readonly permissions: readonly PermissionDifference[];
  /** The apps, vendors and resellers that a narrowed subject comes to reach, and reaches no longer. */
  readonly reach: ReachDifference | null;
  /** Of assignments: who is given it, who loses it, whose last day moves. Sorted by account. */
  readonly people: readonly PersonDifference[];
  /** The purposes that it exists for, where they differ; null stands for all. */
  readonly onlyIn: { readonly base: readonly Purpose[] | null; readonly head: readonly Purpose[] | null } | null;
  /** Of custom roles and assignments: the base role or the role given, where another one is named. */
  readonly basedOn: { readonly base: string; readonly head: string } | null;
  /** People who hold it through declared assignments at the head; null where the application declares none. */
  readonly holders: number | null;
  /** Where it is declared, at the head; at the base for a removed one. */
  readonly declaredAt: SidePlace;
}

/** One permission of one subject: the level held before and after. Also a reach of its own: see `everywhere`. */
export interface PermissionDifference {
  /** `section/permission`: the head's name, or the base's where it is removed. */
  readonly permission: string;
  readonly title: string;
  /** null: not held. */
  readonly base: HeldLevel | null;
  readonly head: HeldLevel | null;
  readonly direction: 'widening' | 'narrowing' | 'both';
  /** By the base's word or the head's: a change cannot loosen its own judge. */
  readonly sensitive: boolean;
  readonly reserved: boolean;
  /** What a person loses, from the levels lost, the lowest first; empty where nothing is lost. */
  readonly losses: readonly LevelLoss[];
  readonly causes: readonly SidePlace[];
}

export interface HeldLevel {
  /** null for a permission without levels. */
  readonly level: string | null;
  readonly title: string | null;
  readonly rank: number;
  /** Whether a narrowed subject holds it for all apps, because the permission is not restricted by apps. */
  readonly everywhere: boolean;
}

export interface LevelLoss {
  readonly level: string | null;
  readonly title: string | null;
  readonly hidden: readonly string[];
  readonly refused: readonly string[];
  readonly remains: readonly string[];
  /** False where the catalog documents nothing. */
  readonly documented: boolean;
}

export interface ReachDifference {
  readonly gained: readonly ReachedThing[];
  readonly lost: readonly ReachedThing[];
}

export interface ReachedThing {
  readonly kind: 'app' | 'vendor' | 'reseller' | 'all-apps';
  readonly name: string;
  readonly title: string;
  readonly cause: SidePlace | null;
}

export interface PersonDifference {
  readonly account: string;
  readonly change: 'added' | 'removed' | 'extended' | 'shortened';
  /** Last days, `YYYY-MM-DD`; null: no end, or not there. */
  readonly base: string | null;
  readonly head: string | null;
  readonly place: SidePlace;
}

/**
 * One line that was written, and what it did to whom: the same permission change, at the same place, for every subject it
 * reaches through inheritance, bases and assignments.
 */
export interface CauseDifference {
  readonly application: string;
  readonly place: SidePlace;
  /** The declaration in which the line stands. */
  readonly declaration: string;
  readonly permission: string;
  readonly title: string;
  readonly base: HeldLevel | null;
  readonly head: HeldLevel | null;
  readonly direction: 'widening' | 'narrowing' | 'both';
  readonly sensitive: boolean;
  readonly reserved: boolean;
  readonly losses: readonly LevelLoss[];
  /** Names of subjects, sorted; the declaration itself first where it is one. */
  readonly reaches: readonly { readonly kind: SubjectDifference['kind']; readonly name: string; readonly title: string }[];
}

export interface CatalogDifference {
  readonly application: string;
  readonly title: string;
  readonly action: 'new' | 'removed' | 'changed';
  readonly version: { readonly base: string | null; readonly head: string | null };
  /** The least that the version must say: `major` where something is removed. */
  readonly calls: 'major' | 'minor' | 'patch';
  /** Whether the version says it. */
  readonly versionIsEnough: boolean;
  readonly changes: readonly CatalogEntry[];
}

export interface CatalogEntry {
  readonly subject: 'section' | 'permission' | 'level' | 'app' | 'vendor' | 'reseller';
  /** `section`, `section/permission`, `section/permission:level`, or the name. */
  readonly name: string;
  readonly title: string;
  readonly change: 'added' | 'removed' | 'renamed' | 'retitled' | 'described' | 'reordered' | 'changed';
  /** The old name or title, or what differs, in words. */
  readonly was: string | null;
  readonly place: SidePlace;
}

/** `loosens`: what was refused before may pass now; null where nobody can tell. */
export interface ControlChange {
  readonly subject:
    | 'constraint'
    | 'exception'
    | 'guard'
    | 'protection'
    | 'sensitive'
    | 'restrictedBy'
    | 'silence'
    | 'role-test'
    | 'settings'
    | 'workflow'
    | 'policy-pack'
    | 'codeowners';
  readonly action: 'added' | 'removed' | 'changed';
  readonly application: string | null;
  readonly name: string;
  /** In words, without a full stop: "exception for flexnet/… until 2027-03-31, by …". */
  readonly detail: string;
  readonly loosens: boolean | null;
  readonly place: SidePlace;
}

export interface ProvisioningDifference {
  readonly application: string;
  /** `default`, or the domain of a rule. */
  readonly rule: string;
  /** Names of roles; null: none is given. */
  readonly base: string | null;
  readonly head: string | null;
  readonly direction: Direction | 'both';
  readonly severity: Severity;
  readonly place: SidePlace;
}

export interface EnvironmentDifference {
  readonly name: string;
  readonly action: 'new' | 'removed' | 'changed';
  /** In words: "token lifetime of productiv 1h, was 2h". Guards and protection are control changes. */
  readonly details: readonly string[];
  readonly place: SidePlace;
}

/** Counts over `subjects`; a permission of a role counts as one, whatever its levels. */
export interface DifferenceSummary {
  readonly widening: number;
  readonly narrowing: number;
  readonly subjectsNew: number;
  readonly subjectsRemoved: number;
  readonly subjectsChanged: number;
  readonly renamed: number;
  readonly sensitive: number;
  readonly control: number;
  /** The largest share, 0 to 1, of an application's permissions held that is taken away. */
  readonly removedShare: number;
}
