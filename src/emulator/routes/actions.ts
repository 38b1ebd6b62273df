import type { Context } from 'hono';
import { Hono } from 'hono';
import { createActionSchema, updateActionSchema } from '../action-schema.ts';
import type { Action, ActionBody, ActionVersion } from '../actions.ts';
import { canBeBuilt, changedAction, newAction, triggerVersions } from '../actions.ts';
import { anyScope } from '../authentication.ts';
import type { EntityLimits } from '../entity-limits.ts';
import { entityLimitError } from '../entity-limits.ts';
import { apiError } from '../errors.ts';
import { answerActionsPage, booleanParameter } from '../paging.ts';
import { answer, answerNothing, readBody } from '../request.ts';
import { changedSecretValues } from '../secret-values.ts';
import { shownAction, shownNewVersion, shownVersion } from '../shown-action.ts';
import type { Store } from '../store.ts';
import { deploy, findAction, findVersion, readAction, removeAction, versionsOf } from '../stored-actions.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';

/** `/actions/actions` and what is below it: an action is created, built, deployed as a version, and deleted. */
export function actionsRoutes({ store, limits, readsToBuild, secretValues }: Tenant): Hono<EmulatorEnv> {
  /** Deploys `content`, the action itself or one of its versions, with the values that its secrets have there. */
  const run = (action: Action, content: Action | ActionVersion): ActionVersion => {
    const version = deploy(store, limits, action, content);
    secretValues.set(version.id, secretValues.get(content.id) ?? {});
    return version;
  };
  return new Hono<EmulatorEnv>()
    .get('/actions/actions', anyScope('read:actions'), (context) => {
      const found = store.actions.values().filter(actionFilter(context, store));
      return answerActionsPage(context, 'actions', found, ({ id }) => {
        const action = readAction(store, id);
        return shownAction(action, versionsOf(store, action));
      });
    })
    .post('/actions/actions', anyScope('create:actions'), async (context) => {
      const body = await readBody<ActionBody & { name: string }>(context, createActionSchema);
      refuseName(store, body.name, undefined);
      refuseContent(limits, body);
      if (store.actions.size() >= limits.actions) {
        throw entityLimitError();
      }
      const action = newAction(body, readsToBuild);
      store.atomically(() => {
        store.actions.set(action.id, action);
        secretValues.set(action.id, changedSecretValues({}, body.secrets));
        if (body.deploy && canBeBuilt(action)) {
          run(action, action);
        }
      });
      return answer(context, shownAction(action, []), 201);
    })
    .get('/actions/actions/:id', anyScope('read:actions'), (context) => {
      const action = readAction(store, context.req.param('id'));
      return answer(context, shownAction(action, versionsOf(store, action)));
    })
    .patch('/actions/actions/:id', anyScope('update:actions'), async (context) => {
      const body = await readBody<ActionBody>(context, updateActionSchema);
      const before = findAction(store, context.req.param('id'));
      refuseName(store, body.name, before.id);
      refuseContent(limits, body);
      const action = changedAction(before, body, readsToBuild);
      store.atomically(() => store.actions.set(action.id, action));
      secretValues.set(action.id, changedSecretValues(secretValues.get(action.id) ?? {}, body.secrets));
      return answer(context, shownAction(action, versionsOf(store, action)));
    })
    .delete('/actions/actions/:id', anyScope('delete:actions'), (context) => {
      const { id } = findAction(store, context.req.param('id'));
      const isForced = booleanParameter(context, 'force') ?? false;
      store.atomically(() => removeAction(store, id, isForced));
      return answerNothing(context);
    })
    .post('/actions/actions/:id/deploy', anyScope('create:actions'), (context) => {
      const action = readAction(store, context.req.param('id'));
      if (action.status !== 'built') {
        // Only the words in the middle are known: auth0-deploy-cli looks for them, and tries again.
        throw apiError(400, "The draft must be in the 'built' state before it can be deployed.");
      }
      const version = store.atomically(() => run(action, action));
      return answer(context, shownNewVersion(version, action));
    })
    .get('/actions/actions/:id/versions', anyScope('read:actions'), (context) => {
      const action = findAction(store, context.req.param('id'));
      const versions = versionsOf(store, action);
      return answerActionsPage(context, 'versions', versions, (version) =>
        shownVersion(version, action, version === versions.at(-1)),
      );
    })
    .get('/actions/actions/:id/versions/:version', anyScope('read:actions'), (context) => {
      const action = findAction(store, context.req.param('id'));
      const version = findVersion(store, action, context.req.param('version'));
      return answer(context, shownVersion(version, action, version === versionsOf(store, action).at(-1)));
    })
    .post('/actions/actions/:id/versions/:version/deploy', anyScope('create:actions'), (context) => {
      const action = findAction(store, context.req.param('id'));
      const content = findVersion(store, action, context.req.param('version'));
      const version = store.atomically(() => run(action, content));
      return answer(context, shownNewVersion(version, action));
    })
    .get('/actions/modules', anyScope('read:actions'), (context) => answerActionsPage(context, 'modules', [], () => {}))
    .get('/actions/triggers', anyScope('read:actions'), (context) => {
      const triggers = Object.entries(triggerVersions).map(([id, version]) => ({ id, version, status: 'CURRENT' }));
      return answer(context, { triggers });
    });
}

function actionFilter(context: Context<EmulatorEnv>, store: Store): (action: Action) => boolean {
  const { triggerId, actionName } = context.req.query();
  const deployed = booleanParameter(context, 'deployed');
  const installed = booleanParameter(context, 'installed') ?? false;
  return (action) =>
    !installed &&
    (triggerId === undefined || action.supported_triggers.some(({ id }) => id === triggerId)) &&
    (actionName === undefined || action.name === actionName) &&
    (deployed === undefined || versionsOf(store, action).length > 0 === deployed);
}

/** The OpenAPI knows no 409 for a name that is taken; the text is ours. */
function refuseName(store: Store, name: string | undefined, ownId: string | undefined): void {
  if (store.actions.values().some((action) => action.name === name && action.id !== ownId)) {
    throw apiError(400, `An action with the name '${name}' already exists.`);
  }
}

/** The limits are documented, the texts are ours. There are no modules here, so none can be used. */
function refuseContent(limits: EntityLimits, { secrets = [], dependencies = [], modules = [] }: ActionBody): void {
  if (secrets.length > limits.secretsPerAction) {
    throw apiError(400, `An action can not have more than ${limits.secretsPerAction} secrets.`);
  }
  if (dependencies.length > limits.dependenciesPerAction) {
    throw apiError(400, `An action can not have more than ${limits.dependenciesPerAction} dependencies.`);
  }
  if (modules.length > 0) {
    throw apiError(400, 'One or more of the action modules do not exist.');
  }
}
