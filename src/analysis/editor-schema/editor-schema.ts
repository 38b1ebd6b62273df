import type { JsonSchema } from '../../language/published-schema.ts';
import { implies, ofKind, publishedSchema } from '../../language/published-schema.ts';
import type { Kind } from '../../language/schema/kinds.ts';
import type { Application, Definitions } from '../../model/definitions.ts';
import { permissionItem, sectionSnippets } from './permission-item.ts';

/**
 * The published schema with this repository's own names as enums, for the editor: a role is offered its own
 * application's permissions and nothing else. It accepts nothing that the published schema refuses, for it only adds
 * conditions to it. Never committed: it is out of date with the next line of YAML.
 */
export function editorSchema(definitions: Definitions): JsonSchema {
  const published = publishedSchema();
  const names = definitions.applications.map(({ name }) => name);
  const ofApplications: readonly Kind[] = ['Role', 'AppDirectory', 'CustomRole', 'ProvisioningPolicy'];
  const owned = ofApplications.map((kind) =>
    implies(ofKind(kind), { properties: { metadata: { properties: { application: oneOf(names, 'application') } } } }),
  );
  return {
    ...published,
    $id: published.$id === undefined ? undefined : `${String(published.$id)}#of-this-repository`,
    allOf: [
      ...(published.allOf as readonly JsonSchema[]),
      ...owned,
      ...definitions.applications.flatMap(conditionsOf),
      environmentCondition(definitions),
    ],
  };
}

function conditionsOf(application: Application): readonly JsonSchema[] {
  const roles = application.roles.map(({ name }) => name);
  const holdable = [
    ...application.roles.filter(({ assignable }) => assignable).map(({ name }) => name),
    ...application.customRoles.map(({ name }) => name),
  ];
  const restrictable = application.roles.filter((role) => role.restrictable).map(({ name }) => name);
  const apps = application.apps.map(({ name }) => name);
  const permissions = application.sections.flatMap((section) => section.permissions.map(({ reference }) => reference));
  const given = { properties: { role: oneOf(holdable, 'role') } };
  return [
    when('Role', application, {
      inherits: { items: oneOf(roles, 'role') },
      grants: { items: permissionItem(application), defaultSnippets: sectionSnippets(application) },
      covers: {
        items: {
          properties: {
            section: oneOf(
              application.sections.map(({ name }) => name),
              'section',
            ),
            except: { items: oneOf(permissions, 'permission') },
          },
        },
      },
    }),
    when('CustomRole', application, {
      base: oneOf(restrictable, 'restrictable role'),
      apps: { items: oneOf(apps, 'app') },
    }),
    when('ProvisioningPolicy', application, { default: given, byEmailDomain: { items: given } }),
  ];
}

function environmentCondition({ applications }: Definitions): JsonSchema {
  const names = applications.map(({ name }) => name);
  const roles = applications.flatMap((application) =>
    [...application.roles.filter(({ assignable }) => assignable), ...application.customRoles].map(
      ({ name }) => `${application.name}/${name}`,
    ),
  );
  const spec = {
    applications: { items: { properties: { name: oneOf(names, 'application') } } },
    guards: { properties: { requiredRoles: { items: { properties: { role: oneOf(roles, 'role') } } } } },
  };
  return implies(ofKind('Environment'), { properties: { spec: { properties: spec } } });
}

function when(kind: Kind, { name }: Application, spec: JsonSchema): JsonSchema {
  const application = { properties: { application: { const: name } }, required: ['application'] };
  return implies(
    { allOf: [ofKind(kind), { properties: { metadata: application }, required: ['metadata'] }] },
    { properties: { spec: { properties: spec } } },
  );
}

/** An enum may not be empty in JSON Schema; where there are no names yet, nothing is promised. */
function oneOf(names: readonly string[], what: string): JsonSchema {
  return names.length === 0
    ? {}
    : { enum: [...new Set(names)], errorMessage: `No ${what} of this repository has this name.` };
}
