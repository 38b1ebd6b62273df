import type { Purpose, TargetName } from './definitions.ts';

/**
 * What the identity provider should hold for one environment: target-neutral, sorted by code point, plain JSON.
 * This type is the seam between the language and every identity provider.
 */
export interface DesiredState {
  readonly schemaVersion: 1;
  readonly environment: DesiredEnvironment;
  /** Sorted by name. */
  readonly applications: readonly DesiredApplication[];
  /** `sha256:` and 64 hex digits over the canonical JSON of all the rest. */
  readonly digest: string;
}

export interface DesiredEnvironment {
  /** Also the name of the stack. */
  readonly name: string;
  readonly purpose: Purpose;
  readonly target: TargetName;
  /** The tenant's domain, or `loopback`; of Keycloak with `/realms/<realm>` behind it. */
  readonly tenant: string;
  readonly protect: boolean;
  readonly guards: {
    /** Largest share, 0 to 1, of all grants that one plan may take away; null: no such guard. */
    readonly maximumRemoval: number | null;
    readonly requiredRoles: readonly {
      readonly application: string;
      readonly role: string;
      readonly minimumHolders: number | null;
    }[];
  };
}

export interface DesiredApplication {
  readonly name: string;
  readonly title: string;
  readonly formerly: readonly string[];
  readonly audience: string;
  readonly tokenLifetimeSeconds: number;
  /** Sorted by value. */
  readonly scopes: readonly DesiredScope[];
  /** Sorted by name; no building blocks. */
  readonly roles: readonly DesiredRole[];
  /** Who is to hold which role, sorted by role, then account. Whatever else a person holds is left alone. */
  readonly holders: readonly DesiredHolder[];
  /** What whoever signs in for the first time is given; absent where nobody is given anything. */
  readonly provisioning?: DesiredProvisioning;
}

/** Just-in-time provisioning, as it is in force. Roles are those of this application, by name. */
export interface DesiredProvisioning {
  /** For whom no rule below is meant. */
  readonly default: string;
  /** For verified addresses of a domain that come over a connection; sorted by domain, then connection. */
  readonly byEmailDomain: readonly { readonly domain: string; readonly connection: string; readonly role: string }[];
}

/** One person who is to hold one role. */
export interface DesiredHolder {
  /** The name of a role of this application. */
  readonly role: string;
  /** The assignment that says so. */
  readonly assignment: string;
  /** An id, or the one account with this verified address on this connection. */
  readonly account:
    | { readonly by: 'id'; readonly id: string }
    | { readonly by: 'email'; readonly email: string; readonly connection: string };
}

export interface DesiredScope {
  readonly value: string;
  readonly description: string;
  readonly kind: 'permission' | 'app' | 'vendor' | 'reseller' | 'restriction';
  /** What the scope stands for: `section/permission:level`, or the app's, vendor's, reseller's or restriction's name. */
  readonly reference: string;
  /** The title of the permission, app, vendor, reseller or custom role, for a plan in words. */
  readonly title: string;
  /** The level's title and rank (0 is the lowest); null for all but levels of permissions. */
  readonly level: { readonly title: string; readonly rank: number } | null;
  readonly sensitive: boolean;
  /** Values that it had under former names of its permission; absent where there are none. */
  readonly formerly?: readonly string[];
}

export interface DesiredRole {
  readonly name: string;
  readonly title: string;
  /** Empty only where the declaration says so: an identity provider would invent one. */
  readonly description: string;
  readonly kind: 'role' | 'custom-role' | 'assignment';
  /** Old names, oldest first. */
  readonly formerly: readonly string[];
  /** Values of scopes of this application, sorted; empty for a role without grants and without a marker. */
  readonly scopes: readonly string[];
  /** Where the role is declared: `roles/…/basic-user.yaml:5:9`. */
  readonly declaredAt: string;
}
