import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { bindingsSchema, triggerSchema } from '../action-schema.ts';
import type { Action } from '../actions.ts';
import { timeNow } from '../actions.ts';
import { anyScope } from '../authentication.ts';
import { apiError } from '../errors.ts';
import { answerActionsPage } from '../paging.ts';
import { answer, readBody } from '../request.ts';
import { shownBoundAction } from '../shown-action.ts';
import type { Store } from '../store.ts';
import { findAction, versionsOf } from '../stored-actions.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';
import type { Binding } from '../trigger-bindings.ts';
import { validatePath } from '../validation.ts';

interface BindingBody {
  readonly ref: { readonly type?: string; readonly value?: string };
  readonly display_name?: string;
}

/** `/actions/triggers/{trigger}/bindings`: what runs at a trigger, in its order. PATCH replaces all of it. */
export function triggerBindingsRoutes({ store, limits }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/actions/triggers/:trigger/bindings', anyScope('read:actions'), (context) => {
      const trigger = knownTrigger(context.req.param('trigger'));
      const bindings = store.bindings.get(trigger) ?? [];
      return answerActionsPage(context, 'bindings', bindings, (binding) => shownBinding(store, trigger, binding));
    })
    .patch('/actions/triggers/:trigger/bindings', anyScope('update:actions'), async (context) => {
      const trigger = knownTrigger(context.req.param('trigger'));
      const { bindings: wanted = [] } = await readBody<{ bindings?: readonly BindingBody[] }>(context, bindingsSchema);
      if (wanted.length > limits.actionsPerTrigger) {
        throw apiError(400, `A trigger can not have more than ${limits.actionsPerTrigger} actions.`);
      }
      const bindings = wanted.map((body) => newBinding(store, trigger, body));
      store.atomically(() => store.bindings.set(trigger, bindings));
      return answer(context, { bindings: bindings.map((binding) => shownBinding(store, trigger, binding)) });
    });
}

function knownTrigger(trigger: string): string {
  validatePath(triggerSchema, 'triggerId', trigger);
  return trigger;
}

/** Recorded: each binding gets a new id and a new time, those that were there too. The texts of refusals are ours. */
function newBinding(store: Store, trigger: string, { ref, display_name }: BindingBody): Binding {
  const action = referredAction(store, trigger, ref);
  if (action === undefined) {
    throw apiError(400, `The action '${ref.value}' does not exist.`);
  }
  if (!action.supported_triggers.some(({ id }) => id === trigger)) {
    throw apiError(400, `The action '${action.name}' does not support the trigger '${trigger}'.`);
  }
  if (versionsOf(store, action).length === 0) {
    throw apiError(400, `The action '${action.name}' must be deployed before it can be bound.`);
  }
  return {
    id: randomUUID(),
    actionId: action.id,
    display_name: display_name ?? action.name,
    created_at: timeNow(),
  };
}

function referredAction(store: Store, trigger: string, { type, value }: BindingBody['ref']): Action | undefined {
  const bound = store.bindings.get(trigger)?.find(({ id }) => id === value)?.actionId;
  const id = type === 'binding_id' ? bound : value;
  return type === 'action_id' || type === 'binding_id'
    ? store.actions.get(id ?? '')
    : store.actions.values().find(({ name }) => name === value);
}

function shownBinding(store: Store, trigger: string, binding: Binding): object {
  const action = findAction(store, binding.actionId);
  return {
    id: binding.id,
    trigger_id: trigger,
    action: shownBoundAction(action, versionsOf(store, action)),
    created_at: binding.created_at,
    updated_at: binding.created_at,
    display_name: binding.display_name,
  };
}
