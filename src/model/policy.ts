/**
 * What a consuming service has to know of an application in one environment to decide, as JSON. `src/authorize` imports
 * nothing and states the same type for itself, field by field with the reasons; a test holds the two equal.
 */
export interface Policy {
  readonly schemaVersion: 1;
  readonly application: string;
  readonly environment: string;
  readonly issuer: string;
  readonly audience: string;
  readonly keys?: string;
  readonly clients?: readonly string[];
  readonly restrictable: boolean;
  readonly permissions: Readonly<Record<string, PolicyPermission>>;
  readonly apps: Readonly<Record<string, PolicyScope>>;
  readonly vendors: Readonly<Record<string, PolicyScope>>;
  readonly resellers: Readonly<Record<string, PolicyScope>>;
  readonly restrictions: Readonly<Record<string, PolicyScope>>;
  readonly machines: readonly string[];
  readonly thirdPartyClients: { readonly only: readonly string[] } | { readonly allExcept: readonly string[] };
  readonly modelDigest: string;
}

export interface PolicyPermission {
  readonly title: string;
  readonly restrictedBy: 'apps' | null;
  readonly levels: readonly PolicyLevel[];
}

export interface PolicyLevel {
  readonly name: string | null;
  readonly title: string;
  readonly scope: string;
  readonly alsoForVendors: boolean;
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
