import type { Place } from '../../language/source.ts';
import type { Purpose } from '../../model/definitions.ts';
import type { Step } from '../../model/effective-model.ts';

/** Who holds a permission, at least at a level: version 1 of the published shape. */
export interface Holders {
  readonly schemaVersion: 1;
  readonly permission: AskedPermission;
  /** The app that is asked about; null: any. */
  readonly app: Titled | null;
  /** Sorted by name; building blocks, which nobody can hold, are not among them. */
  readonly roles: readonly HoldingRole[];
  readonly customRoles: readonly HoldingRole[];
  /** As declared in assignments, without those whose last day is over; sorted by account, then by assignment. */
  readonly people: readonly HoldingPerson[];
  /** Whoever signs in for the first time, if the provisioning policy gives a role that holds it. */
  readonly newcomers: readonly HoldingNewcomer[];
}

/** A name with what people see. */
export interface Titled {
  readonly name: string;
  readonly title: string;
}

/** What is asked: `level` is the least that counts; null where the permission has no levels, or any of them counts. */
export interface AskedPermission extends Titled {
  /** `application/section/permission`, with `:level` if one is asked for. */
  readonly reference: string;
  readonly section: Titled;
  readonly level: Titled | null;
  readonly hasLevels: boolean;
  readonly sensitive: boolean;
}

/** How somebody holds it. */
export interface Holding {
  /** The highest level held; null for a permission without levels. */
  readonly level: Titled | null;
  /** The apps that this permission is narrowed to; null: application-wide, or for all apps. */
  readonly apps: readonly Titled[] | null;
  /** The first chain of lines that gives it, from the holder down to a grant. */
  readonly reason: readonly Step[];
}

export interface HoldingRole extends Titled, Holding {
  /** `application/name`. */
  readonly reference: string;
  readonly kind: 'role' | 'custom-role';
  readonly onlyIn: readonly Purpose[] | null;
  readonly place: Place;
}

export interface HoldingPerson extends Holding {
  /** The id, or the address with its connection: `dana@example.com (corporate-sso)`. */
  readonly account: string;
  readonly assignment: Titled & { readonly reference: string };
  /** The last day, `YYYY-MM-DD` in UTC; null: no end. */
  readonly validThrough: string | null;
  /** The person's entry. */
  readonly place: Place;
}

export interface HoldingNewcomer extends Holding {
  /** The domain of the e-mail address; null: whoever no domain is named for. */
  readonly domain: string | null;
  readonly role: Titled & { readonly reference: string };
  /** The line of the policy. */
  readonly place: Place;
}
