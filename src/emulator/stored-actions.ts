import type { Action, ActionContent, ActionVersion } from './actions.ts';
import { newVersion, nextOfBuild, triggerVersions } from './actions.ts';
import type { EntityLimits } from './entity-limits.ts';
import { apiError } from './errors.ts';
import type { Store } from './store.ts';

/** The action with this id; 404 when there is none. */
export function findAction(store: Store, id: string): Action {
  const action = store.actions.get(id);
  if (action === undefined) {
    throw apiError(404, 'That action does not exist.');
  }
  return action;
}

/** The versions of an action, the oldest first. */
export function versionsOf(store: Store, action: Action): readonly ActionVersion[] {
  return store.actionVersions.get(action.id) ?? [];
}

/** As `findAction`, for a read: its build is one step further. */
export function readAction(store: Store, id: string): Action {
  const action = nextOfBuild(findAction(store, id));
  if (action !== store.actions.get(id)) {
    store.actions.set(id, action);
  }
  return action;
}

/** The version of this action with this id; 404 when there is none. */
export function findVersion(store: Store, action: Action, id: string): ActionVersion {
  const version = versionsOf(store, action).find((each) => each.id === id);
  if (version === undefined) {
    throw apiError(404, 'That action version does not exist.');
  }
  return version;
}

/**
 * Makes a version of `content`, the action itself or an earlier version. What happens to the fifty-first version is not
 * known; here the oldest goes.
 */
export function deploy(store: Store, limits: EntityLimits, action: Action, content: ActionContent): ActionVersion {
  const versions = versionsOf(store, action);
  const version = newVersion(content, versions);
  store.actionVersions.set(action.id, [...versions, version].slice(-limits.versionsPerAction));
  store.actions.set(action.id, { ...action, all_changes_deployed: content === action });
  return version;
}

/** Deletes an action with its versions; 409 when it is bound to a trigger, unless `isForced`, which unbinds it. */
export function removeAction(store: Store, id: string, isForced: boolean): void {
  for (const trigger of Object.keys(triggerVersions)) {
    const bindings = store.bindings.get(trigger) ?? [];
    const others = bindings.filter((binding) => binding.actionId !== id);
    if (others.length < bindings.length) {
      if (!isForced) {
        throw apiError(409, 'Unable to delete an action bound to a trigger.');
      }
      store.bindings.set(trigger, others);
    }
  }
  store.actionVersions.delete(id);
  store.actions.delete(id);
}
