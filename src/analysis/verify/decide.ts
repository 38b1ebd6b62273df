import type { Reference } from '../../model/definitions.ts';
import type { HeldPermission } from '../../model/effective-model.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import type { Subject, TestedApplication } from './subject.ts';
import { narrowedTo } from './subject.ts';

/** What a subject may do, by default nothing. */
export type Decision =
  | { readonly kind: 'can'; readonly held: HeldPermission }
  /** It does not hold the permission, or holds a lower level. */
  | { readonly kind: 'lacks'; readonly held: HeldPermission | null }
  /** It holds the permission, for other apps. */
  | { readonly kind: 'other-apps'; readonly held: HeldPermission }
  /** Subject and permission are restricted, and no app is named: no answer is true of all apps. */
  | { readonly kind: 'needs-app' };

/**
 * Whether a subject may do something, at least at its level, on an app. Default deny. An app says nothing of a subject
 * that is for all apps, nor of a permission that no restriction narrows.
 */
export function decide(
  subject: Subject,
  asked: Reference,
  app: string | null,
  application: TestedApplication,
): Decision {
  const permission = application.permissions.get(asked.permission);
  const apps = permission?.restrictedBy === 'apps' ? narrowedTo(subject) : null;
  if (apps !== null && app === null) return { kind: 'needs-app' };
  const held = subject.permissions.find((item) => item.permission === asked.permission);
  if (held === undefined) return { kind: 'lacks', held: null };
  if (rankOf(permission, held.level) < rankOf(permission, asked.level)) return { kind: 'lacks', held };
  return apps === null || app === null || apps.includes(app) ? { kind: 'can', held } : { kind: 'other-apps', held };
}
