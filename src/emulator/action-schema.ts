import { triggerVersions } from './actions.ts';
import type { Schema } from './validation.ts';

/** The trigger in a path, and in what an action supports. */
export const triggerSchema: Schema = {
  type: 'string',
  description: 'An actions extensibility point.',
  enum: Object.keys(triggerVersions),
};

const text: Schema = { type: 'string' };

const secrets: Schema = {
  type: 'array',
  description: 'The list of secrets that are included in an action or a version of an action.',
  items: {
    type: 'object',
    open: true,
    properties: {
      name: { type: 'string', maxLength: 128, description: 'The name of the particular secret, e.g. API_KEY.' },
      value: { type: 'string', maxLength: 4096 },
    },
  },
};

const alterable: Readonly<Record<string, Schema>> = {
  name: { type: 'string', description: 'The name of an action.' },
  supported_triggers: {
    type: 'array',
    minItems: 1,
    description: 'The list of triggers that this action supports.',
    items: {
      type: 'object',
      required: ['id'],
      properties: {
        id: triggerSchema,
        version: { type: 'string', description: 'The version of a trigger. v1, v2, etc.' },
        status: { type: 'string', description: 'status points to the trigger status.' },
        runtimes: { type: 'array', items: text },
        default_runtime: text,
        compatible_triggers: {
          type: 'array',
          items: {
            type: 'object',
            open: true,
            required: ['id', 'version'],
            properties: { id: triggerSchema, version: text },
          },
        },
        binding_policy: { type: 'string', enum: ['trigger-bound', 'entity-bound'] },
      },
    },
  },
  code: { type: 'string', maxLength: 100_000, description: 'The source code of the action.' },
  dependencies: {
    type: 'array',
    description: 'The list of third party npm modules, and their versions, that this action depends on.',
    items: { type: 'object', properties: { name: text, version: text, registry_url: text } },
  },
  runtime: { type: 'string', description: 'The Node runtime. For example: `node22`, defaults to `node22`' },
  secrets,
  modules: {
    type: 'array',
    description: 'The list of action modules and their versions used by this action.',
    items: {
      type: 'object',
      properties: {
        module_id: text,
        module_name: text,
        module_version_id: text,
        module_version_number: { type: 'integer' },
      },
    },
  },
};

/** What POST /actions/actions accepts. */
export const createActionSchema: Schema = {
  type: 'object',
  required: ['name', 'supported_triggers'],
  properties: { ...alterable, deploy: { type: 'boolean' } },
};

/** What PATCH /actions/actions/{id} accepts. */
export const updateActionSchema: Schema = { type: 'object', properties: alterable };

/** What PATCH /actions/triggers/{trigger}/bindings accepts. */
export const bindingsSchema: Schema = {
  type: 'object',
  properties: {
    bindings: {
      type: 'array',
      description: 'The actions that will be bound to this trigger.',
      items: {
        type: 'object',
        required: ['ref'],
        properties: {
          ref: {
            type: 'object',
            open: true,
            description: 'A reference to an action. An action can be referred to by ID or by Name.',
            properties: {
              type: { type: 'string', enum: ['binding_id', 'action_id', 'action_name'] },
              value: { type: 'string', description: 'The id or name of an action that is being bound to a trigger.' },
            },
          },
          display_name: { type: 'string', description: 'The name of the binding.' },
          secrets,
        },
      },
    },
  },
};
