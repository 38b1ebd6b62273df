/**
 * What a consuming service has to know of an application in one environment to decide, as JSON. `rolewright build --policy`
 * writes it; nothing in it is secret, and nothing in it is about a person.
 */
export interface Policy {
  readonly schemaVersion: 1;
  readonly application: string;
  readonly environment: string;
  /** The `iss` of its tokens, to the letter: `https://<tenant>/` of Auth0, `https://<server>/realms/<realm>` of Keycloak. */
  readonly issuer: string;
  /** The identifier of its API, one of the `aud` of its tokens. */
  readonly audience: string;
  /** Where the issuer publishes its keys; left out, at `.well-known/jwks.json` below it, as Auth0 does. */
  readonly keys?: string;
  /**
   * Client ids by which its tokens may have been asked for; left out, any. Keycloak lets a token be for several applications at
   * once, and then only that of the application's own client says whose permissions it holds.
   */
  readonly clients?: readonly string[];
  /** Whether its roles carry a restriction marker, so that a token without one is refused what is restricted. */
  readonly restrictable: boolean;
  /** By `section/permission`, without a level. */
  readonly permissions: Readonly<Record<string, PolicyPermission>>;
  /** By name, as are vendors and resellers. */
  readonly apps: Readonly<Record<string, PolicyScope>>;
  readonly vendors: Readonly<Record<string, PolicyScope>>;
  readonly resellers: Readonly<Record<string, PolicyScope>>;
  /** The restriction markers by the name of their declaration; `none` is the one that does not narrow. */
  readonly restrictions: Readonly<Record<string, PolicyScope>>;
  /** Client ids that may come with a token of their own (client credentials). None is allowed by absence. */
  readonly machines: readonly string[];
  /** Whose tokens count only as far as the person consented, which their `scope` says. */
  readonly thirdPartyClients: ThirdPartyClients;
  /** The digest of the desired state that this was made with: which model the service decides by. */
  readonly modelDigest: string;
}

export interface PolicyPermission {
  readonly title: string;
  /** `apps`: narrowed by a restriction. null: application-wide. */
  readonly restrictedBy: 'apps' | null;
  /** Lowest first. A permission without levels has one, whose name is null. */
  readonly levels: readonly PolicyLevel[];
}

export interface PolicyLevel {
  readonly name: string | null;
  readonly title: string;
  readonly scope: string;
  /** Whether who is restricted to an app reaches its vendor and resellers with this level. */
  readonly alsoForVendors: boolean;
  /** What a person loses without it; null where nothing is documented. */
  readonly whenDenied: PolicyEffects | null;
}

export interface PolicyEffects {
  readonly hidden: readonly string[];
  readonly refused: readonly string[];
  readonly remains: readonly string[];
}

export interface PolicyScope {
  readonly title: string;
  readonly scope: string;
}

/** Client ids: either those that are third parties, or those that are not. */
export type ThirdPartyClients = { readonly only: readonly string[] } | { readonly allExcept: readonly string[] };
