import { packageName, tokenOf } from '../resource-types.ts';
import type { Kind, ListSchema, PropertySchema } from './kind.ts';
import { kinds } from './kinds.ts';

const overview = `The applications, permissions, roles and role holders of a realm of Keycloak.

The server and the credentials come from the environment, as for \`rolewright\` itself: KEYCLOAK_URL, and KEYCLOAK_USER with
KEYCLOAK_PASSWORD or KEYCLOAK_CLIENT_ID with KEYCLOAK_CLIENT_SECRET, known in the realm KEYCLOAK_REALM (\`master\` unless said otherwise). They
are never arguments, so none of the properties is a secret, none is accepted that is one, and nothing in a state needs to be hidden.`;

/** The package in Pulumi's own schema, from which its tools make SDKs and documentation. */
export function packageSchema(version: string): object {
  const all = Object.entries(kinds);
  return {
    ...{ name: packageName, version, displayName: 'Rolewright for Keycloak', description: overview },
    ...{ license: 'Apache-2.0', keywords: ['pulumi', 'keycloak', 'permissions', 'roles', 'category/cloud'] },
    ...{ config: {}, provider: { description: overview } },
    resources: Object.fromEntries(all.map(([name, kind]) => [tokenOf(name), resource(name, kind)])),
    types: Object.fromEntries(all.flatMap(([, { inputs }]) => Object.values(inputs).flatMap(typesIn))),
  };
}

function resource(name: string, { description, importedBy, inputs, replacedBy }: Kind): object {
  const described = Object.entries(inputs).map(([property, schema]) => {
    const isReplacing = replacedBy.includes(property);
    return [property, { ...typeOf(schema), description: schema.description, willReplaceOnChanges: isReplacing }];
  });
  const properties = Object.fromEntries(described);
  const required = Object.keys(inputs).filter((property) => !isOptional(inputs[property]));
  return {
    description: `${description}\n\n## Import\n\nBy ${importedBy}: \`pulumi import ${tokenOf(name)} NAME ID\`.`,
    ...{ properties, required, inputProperties: properties, requiredInputs: required },
  };
}

function isOptional(schema: PropertySchema | undefined): boolean {
  return schema?.type === 'string' && schema.isOptional === true;
}

function typeOf(schema: PropertySchema): object {
  if (schema.type !== 'array') return { type: schema.type };
  return { type: 'array', items: { $ref: `#/types/${tokenOf(schema.entry.name)}` } };
}

function typesIn(schema: PropertySchema): readonly (readonly [string, object])[] {
  return schema.type === 'array' ? [[tokenOf(schema.entry.name), entryType(schema)]] : [];
}

function entryType({ entry, of }: ListSchema): object {
  const properties = Object.entries(of).map(([name, { type, description }]) => [name, { type, description }]);
  const { description } = entry;
  return { type: 'object', description, properties: Object.fromEntries(properties), required: Object.keys(of) };
}
