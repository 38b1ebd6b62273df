import type { Purpose } from '../../model/definitions.ts';
import type {
  CauseLine,
  PermissionDifference,
  Reachable,
  Severity,
  SubjectDifference,
  SubjectKind,
  TwoWayDirection,
} from '../../model/difference.ts';
import { words } from '../typed-schema.ts';

/** The words that several parts of a difference use. */
export const action = words<SubjectDifference['action']>({ new: true, removed: true, changed: true });
export const kind = words<SubjectKind>({ role: true, 'custom-role': true, assignment: true });
export const reachableKind = words<Reachable['kind']>({ app: true, vendor: true, reseller: true, 'all-apps': true });
export const causeLine = words<CauseLine>({
  grants: true,
  inherits: true,
  base: true,
  assigns: true,
  apps: true,
  assignable: true,
  catalog: true,
  directory: true,
});
export const direction = words<TwoWayDirection>({ widening: true, narrowing: true, neutral: true, both: true });
export const gainOrLoss = words<PermissionDifference['direction']>({ widening: true, narrowing: true, both: true });
export const severity = words<Severity>({ high: true, medium: true, low: true });
export const purpose = words<Purpose>({ development: true, staging: true, production: true });
