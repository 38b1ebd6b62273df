import type { EnvironmentDifference } from '../model/application-difference.ts';
import type { Purpose } from '../model/definitions.ts';
import type { Difference, SidePlace, SubjectKind } from '../model/difference.ts';

/** What it would mean that one environment becomes as another one is: version 1 of the published shape. */
export interface Promotion {
  readonly schemaVersion: 1;
  readonly from: string;
  readonly to: string;
  /** What changes in the environment that is promoted to; `base` is what it has, `head` what it would have. */
  readonly difference: Difference;
  /** What stays behind, because it says that it is for other purposes; sorted by application and name. */
  readonly left: readonly LeftBehind[];
  /** How the two environments differ besides, and go on differing: tenants, audiences, lifetimes; null: in nothing. */
  readonly settings: EnvironmentDifference | null;
}

/** A role, custom role or assignment of the one environment that the other one cannot have. */
export interface LeftBehind {
  readonly application: string;
  readonly kind: SubjectKind;
  readonly name: string;
  readonly title: string;
  readonly onlyIn: readonly Purpose[];
  readonly place: SidePlace;
}
