import type { Place } from '../language/source.ts';
import type { CatalogDifference, EnvironmentDifference, ProvisioningDifference } from './application-difference.ts';
import type { Purpose } from './definitions.ts';
import type { Direction } from './plan.ts';

/**
 * What differs between two effective models, as data: plain JSON, sorted, the same bytes for the same two models. It is
 * about what may be done, not about text: comments, line ends and moves between files differ in nothing.
 */
export interface Difference {
  readonly schemaVersion: 1;
  /** The two sides as the reader named them: a revision, an environment, a file, "the working tree". */
  readonly base: string;
  readonly head: string;
  /** Changes to what judges a change, sorted by application, subject, name. They are told first and apart. */
  readonly control: readonly ControlChange[];
  /** Sorted by application. */
  readonly catalogs: readonly CatalogDifference[];
  /** Every role, custom role and assignment that differs, sorted by application, kind, name. No building blocks: nobody holds them. */
  readonly subjects: readonly SubjectDifference[];
  /** The permission changes of all subjects by the lines that caused them, so that an inherited grant is told once with its reach. */
  readonly causes: readonly CauseDifference[];
  /** The apps, vendors and resellers that subjects come to reach or reach no longer, by the lines that caused it. */
  readonly reachCauses: readonly ReachCause[];
  /** What new people get, where it differs; sorted by application and rule. */
  readonly provisioning: readonly ProvisioningDifference[];
  /** Sorted by name. */
  readonly environments: readonly EnvironmentDifference[];
  readonly summary: DifferenceSummary;
}

/**
 * How much attention a change asks for. `high`: it widens what is sensitive, reserved, or what everybody gets at first.
 * `medium`: any other widening, and a narrowing that somebody feels (declared holders, or the default role). `low`: the rest.
 */
export type Severity = 'high' | 'medium' | 'low';

/**
 * `sensitive`, `reserved`: it comes to hold such a permission, or holds it for more. `default-role`: provisioning gives it,
 * at the base or the head. `holders`: people hold it by declared assignments.
 */
export type SeverityReason = 'sensitive' | 'reserved' | 'default-role' | 'holders';

/** `both`: somebody may do more, and somebody less. */
export type TwoWayDirection = Direction | 'both';

/** A token of one side's files. */
export interface SidePlace extends Place {
  readonly side: 'base' | 'head';
}

export type SubjectKind = 'role' | 'custom-role' | 'assignment';

/** A role, custom role or assignment that is there at one side only, or at both with something different. */
export interface SubjectDifference {
  readonly application: string;
  readonly kind: SubjectKind;
  /** The name at the head; at the base for a removed one. */
  readonly name: string;
  readonly title: string;
  readonly action: 'new' | 'removed' | 'changed';
  /** The name at the base, where it is renamed by `formerly`: holders stay. */
  readonly renamedFrom: string | null;
  readonly retitledFrom: string | null;
  /** What it was at the base, where a role has become a custom role or the reverse under one name: holders stay. */
  readonly kindFrom: SubjectKind | null;
  /** Over all that follows: permissions, reach, people, purposes. */
  readonly direction: TwoWayDirection;
  readonly severity: Severity;
  /** In the order of the type. */
  readonly reasons: readonly SeverityReason[];
  /** Sorted by reference. */
  readonly permissions: readonly PermissionDifference[];
  /** What a narrowed subject comes to reach, and reaches no longer; null where nothing differs. A new one gains all, a removed one loses all. */
  readonly reach: ReachDifference | null;
  /** Of assignments: who is given it, who loses it, whose last day moves. Sorted by account. */
  readonly people: readonly PersonDifference[];
  /** The purposes of environments that it exists for, where they differ; null stands for all. An assignment has its role's. */
  readonly onlyIn: { readonly base: readonly Purpose[] | null; readonly head: readonly Purpose[] | null } | null;
  /** Of custom roles and assignments: the base role or the role given, where another one is named (a renamed one is not). */
  readonly basedOn: { readonly base: string; readonly head: string } | null;
  /** What else differs and gives or takes nothing, in words without a full stop: "described anew", "inherits from analyst". */
  readonly details: readonly string[];
  /** Distinct people assigned to it by declaration at the head (of a removed one, at the base), narrowed or not; null where the application declares no assignments. */
  readonly holders: number | null;
  /** Its name where it is declared, at the head; at the base for a removed one. */
  readonly declaredAt: SidePlace;
}

/** One permission of one subject: what is held of it before and after. */
export interface PermissionDifference {
  /** `section/permission`: the head's name, or the base's where the head has none. */
  readonly permission: string;
  readonly title: string;
  /** null: not held. */
  readonly base: HeldLevel | null;
  readonly head: HeldLevel | null;
  readonly direction: 'widening' | 'narrowing' | 'both';
  /** Whether any level that is gained or lost is. */
  readonly sensitive: boolean;
  readonly reserved: boolean;
  /**
   * The levels gained, the lowest first: held at the head and not at the base, or held for more (all apps; vendors). A level
   * inserted below one that is held is gained, although `base` and `head` name the same level.
   */
  readonly gains: readonly LevelEffects[];
  /** The levels lost, the lowest first, likewise. */
  readonly losses: readonly LevelEffects[];
  /** The lines that made the difference, sorted by side (head first), file, line; see `causes` of the whole. */
  readonly causes: readonly SidePlace[];
}

/** The highest level held of a permission, which includes those below it, and for what. */
export interface HeldLevel {
  /** null for a permission without levels. */
  readonly level: string | null;
  readonly title: string | null;
  /** In the catalog of its side, 0 for the lowest: ranks of two sides are not comparable. */
  readonly rank: number;
  /** Held for all apps: its holder is not narrowed, or the permission is not restricted by apps. */
  readonly everywhere: boolean;
  /** The levels (null: the permission has none) that reach the vendors and resellers of its holder's apps too; empty where `everywhere`. */
  readonly forVendors: readonly (string | null)[];
}

/** One level that is gained or lost, with what its denial means in the words of the catalog (the head's for a gain). */
export interface LevelEffects {
  /** null for a permission without levels. */
  readonly level: string | null;
  readonly title: string | null;
  /** By the base's word or the head's: a change cannot loosen its own judge. Likewise `reserved`, by a constraint of either. */
  readonly sensitive: boolean;
  readonly reserved: boolean;
  readonly hidden: readonly string[];
  readonly refused: readonly string[];
  readonly remains: readonly string[];
  /** False where the catalog documents nothing. */
  readonly documented: boolean;
}

/** What a narrowed subject reaches besides what is held everywhere. */
export interface ReachDifference {
  /** All that it reaches at each side, sorted by kind and name; null: not narrowed, it reaches everything. Empty where it is not there. */
  readonly base: readonly Reachable[] | null;
  readonly head: readonly Reachable[] | null;
  /** One entry `all-apps` where it is narrowed no longer. A thing that is renamed is neither gained nor lost. */
  readonly gained: readonly ReachedThing[];
  /** One entry `all-apps` where it was not narrowed before. */
  readonly lost: readonly ReachedThing[];
}

export interface Reachable {
  readonly kind: 'app' | 'vendor' | 'reseller' | 'all-apps';
  readonly name: string;
  /** A reseller's is its name. */
  readonly title: string;
}

export interface ReachedThing extends Reachable {
  /**
   * What may be done for it by its reach, sorted: `section/permission:level`, of the head for what is gained, of the base for what
   * is lost. For apps the highest level; for vendors and resellers each level that reaches them. Empty: reaching it gives nothing.
   */
  readonly permissions: readonly string[];
  /** Whether any of these is. */
  readonly sensitive: boolean;
  readonly reserved: boolean;
  /** The line under `apps`, or the directory's entry that gave an app another vendor or reseller. */
  readonly cause: SidePlace;
}

export interface PersonDifference {
  /** As written: the id, or the address with its connection. */
  readonly account: string;
  readonly change: 'added' | 'removed' | 'extended' | 'shortened';
  /** Last days, `YYYY-MM-DD`; null: no end, or not there. */
  readonly base: string | null;
  readonly head: string | null;
  readonly place: SidePlace;
}

/**
 * One line that was written, changed or deleted, and what it did to whom: the same permission change, at the same place, for
 * every subject that it reaches through inheritance, bases and assignments. A change that takes two lines stands under both.
 */
export interface CauseDifference {
  readonly application: string;
  readonly place: SidePlace;
  readonly line: CauseLine;
  /** The name of that declaration: a role (building blocks too), custom role or assignment, or the application for its catalog. */
  readonly declaration: string;
  readonly declarationTitle: string;
  /** What the line names: the reference granted, the parent, the base, the role given, the permission or level. */
  readonly names: string;
  readonly permission: string;
  readonly title: string;
  /** `everywhere` is true where it is for all that is reached; `forVendors` has what all that is narrowed have. */
  readonly base: HeldLevel | null;
  readonly head: HeldLevel | null;
  readonly direction: 'widening' | 'narrowing' | 'both';
  readonly sensitive: boolean;
  readonly reserved: boolean;
  readonly gains: readonly LevelEffects[];
  readonly losses: readonly LevelEffects[];
  /** The subjects; the declaration itself first where it is one, then sorted by kind and name. */
  readonly reaches: readonly SubjectName[];
  /** Distinct people who hold any of them by declared assignments, as `holders` counts; null where none are declared. */
  readonly people: number | null;
}

/**
 * `apps`: what narrows a subject, or narrows it no longer. `catalog`: a permission or level. `directory`: an app or vendor.
 * `assignable`: a building block has become a role that people hold, or the reverse.
 */
export type CauseLine = 'grants' | 'inherits' | 'base' | 'assigns' | 'apps' | 'assignable' | 'catalog' | 'directory';

export interface SubjectName {
  readonly kind: SubjectKind;
  readonly name: string;
  readonly title: string;
}

/** One line, and the app, vendor or reseller that subjects come to reach by it, or reach no longer. New and removed subjects are not among them. */
export interface ReachCause {
  readonly application: string;
  readonly place: SidePlace;
  /** `apps` or `directory`, and the declaration: a custom role or assignment, or the application for its directory. */
  readonly line: CauseLine;
  readonly declaration: string;
  readonly declarationTitle: string;
  readonly change: 'gained' | 'lost';
  readonly thing: Reachable;
  readonly sensitive: boolean;
  readonly reserved: boolean;
  /** As of a cause. */
  readonly reaches: readonly SubjectName[];
  readonly people: number | null;
}

/** A change to what judges changes. */
export interface ControlChange {
  readonly subject:
    | 'constraint'
    | 'exception'
    | 'guard'
    | 'protection'
    | 'purpose'
    | 'sensitive'
    | 'restrictedBy'
    | 'covers'
    | 'silence'
    | 'role-test'
    | 'settings'
    | 'workflow'
    | 'policy-pack'
    | 'codeowners';
  readonly action: 'added' | 'removed' | 'changed';
  /** null for what belongs to none: environments, constraints over several, files. */
  readonly application: string | null;
  /** Of the constraint, environment, document or file; the reference for `sensitive` and `restrictedBy`. */
  readonly name: string;
  /** In words, without a full stop: "exception for flexnet/… until 2027-03-31, by …". */
  readonly detail: string;
  /** Whether what was refused before may pass now; null where nobody can tell. */
  readonly loosens: boolean | null;
  /** null for a file that is no YAML document of ours: nobody knows which line. */
  readonly place: SidePlace | null;
}

/** Counts over `subjects`, but for the last three. */
export interface DifferenceSummary {
  /** Subjects that widen: 0 exactly when none comes to hold anything new. One that goes both ways counts in both. What provisioning gives is not among them. */
  readonly widening: number;
  readonly narrowing: number;
  readonly subjectsNew: number;
  readonly subjectsRemoved: number;
  readonly subjectsChanged: number;
  readonly renamed: number;
  /** Entries under `permissions` with gains, and with losses: a permission of a role counts as one, whatever its levels. */
  readonly permissionsGained: number;
  readonly permissionsLost: number;
  /** Entries of `reach`. */
  readonly reachGained: number;
  readonly reachLost: number;
  /** Entries of `people`: added or extended, removed or shortened. */
  readonly peopleGained: number;
  readonly peopleLost: number;
  /** Permissions of subjects, and things that changed ones come to reach, by which somebody comes to hold something sensitive, or reserved. */
  readonly sensitive: number;
  readonly reserved: number;
  /** Control changes, and those that loosen. */
  readonly control: number;
  readonly loosening: number;
  /** The largest share, 0 to 1, of what an application's subjects hold at the base (levels, and things reached) that is taken away. */
  readonly removedShare: number;
}
