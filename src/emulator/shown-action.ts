import type { Action, ActionVersion } from './actions.ts';

/** An action as GET, POST and PATCH /actions/actions answer it. */
export function shownAction(action: Action, versions: readonly ActionVersion[]): object {
  const { id, name, supported_triggers, created_at, updated_at } = action;
  const { code, dependencies, runtime, status, secrets, all_changes_deployed } = action;
  return {
    id,
    name,
    supported_triggers,
    created_at,
    updated_at,
    code,
    dependencies,
    runtime,
    status,
    secrets,
    ...deployments(versions),
    all_changes_deployed,
  };
}

/** An action inside a binding; recorded: `all_changes_deployed` is false there, whatever it is elsewhere. */
export function shownBoundAction(action: Action, versions: readonly ActionVersion[]): object {
  const { all_changes_deployed, ...rest } = shownBrief(action);
  return { ...rest, ...deployments(versions), all_changes_deployed };
}

/** A version as a list of versions has it; `runs` tells whether it is the deployed one. */
export function shownVersion(version: ActionVersion, action: Action, runs: boolean): object {
  return { ...shownDeployed(version), deployed: runs, action: shownBrief(action) };
}

/** A version as the answer to its deployment has it: built already, and not deployed yet. */
export function shownNewVersion(version: ActionVersion, action: Action): object {
  const { built_at: _, ...shown } = shownDeployed(version);
  return { ...shown, deployed: false, action: shownBrief(action) };
}

function deployments(versions: readonly ActionVersion[]): object {
  const version = versions.at(-1);
  if (version === undefined) {
    return {};
  }
  const { id, code, runtime, number, built_at, created_at } = version;
  return {
    current_version: {
      id,
      code,
      runtime,
      status: 'BUILT',
      number,
      build_time: built_at,
      created_at,
      updated_at: built_at,
    },
    deployed_version: { ...shownDeployed(version), deployed: true },
  };
}

function shownDeployed(version: ActionVersion) {
  const { code, dependencies, id, number, built_at, secrets, created_at, runtime, supported_triggers } = version;
  return {
    code,
    dependencies,
    id,
    number,
    built_at,
    secrets,
    status: 'built',
    created_at,
    updated_at: built_at,
    runtime,
    supported_triggers,
  };
}

function shownBrief({ id, name, supported_triggers, created_at, updated_at }: Action) {
  return { id, name, supported_triggers, created_at, updated_at, all_changes_deployed: false };
}
