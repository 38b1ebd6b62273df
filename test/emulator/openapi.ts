import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

/** The part of Auth0's own OpenAPI that is read here; references in it are resolved. */
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

/** Beside the repository and not in it, as the recordings. */
const file = join(import.meta.dirname, '../../../shared/auth0/openapi-subset.json');

export const isOpenApiHere = existsSync(file);

/**
 * Statuses for which the OpenAPI has another, or none; the recordings and the clients' issues win (management-api.md 3.1).
 * `error`: one that it forgot. Otherwise the status under which it describes the answer.
 */
const otherStatus: Readonly<Record<string, string>> = {
  'DELETE /roles/{id}/permissions 204': '200',
  'PATCH /resource-servers/{id} 200': '201',
  'POST /actions/actions/{id}/deploy 200': '202',
  'PATCH /roles/{id} 404': 'error',
  'PATCH /roles/{id} 409': 'error',
  'PATCH /resource-servers/{id} 404': 'error',
  'DELETE /roles/{id}/permissions 404': 'error',
  'DELETE /users/{id}/roles 400': 'error',
  'DELETE /actions/actions/{id} 409': 'error',
  'POST /actions/actions/{id}/deploy 404': 'error',
};

/** Properties that recorded answers have and the OpenAPI has not, or has otherwise; left out before the comparison. */
const otherProperties = ['type', 'current_version', 'token_encryption'];

const formats = ['strict-uri', 'client-id', 'user-id-with-max-length'];

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
for (const format of formats) {
  ajv.addFormat(format, true);
}
ajv.addSchema({ type: 'string' }, 'ActionTriggerTypeEnum');

let known: OpenApi | undefined;

/** All operations, as `[method, path template, operation]`; none where the file is not there. */
export function operations(): [method: string, template: string, operation: Operation][] {
  if (!isOpenApiHere) {
    return [];
  }
  // An empty list is both an offset page and a checkpoint page: what is "one of" here means "any of".
  known ??= JSON.parse(readFileSync(file, 'utf8').replaceAll('"oneOf":', '"anyOf":')) as OpenApi;
  return Object.entries(known.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
      method.toUpperCase(),
      template,
      operation,
    ]),
  );
}

/** What Auth0's OpenAPI has against an answer; nothing where it does not know the endpoint, or of a fault of the server. */
export function problemsOfAnswer(method: string, path: string, status: number, body: unknown): string[] {
  const [, template = '', operation] =
    operations().find(([verb, known]) => verb === method && templatePattern(known).test(path)) ?? [];
  if (operation === undefined || status >= 500) {
    return [];
  }
  const where = `${method} ${template} ${status}`;
  const standIn = otherStatus[where];
  const response = operation.responses[standIn ?? status];
  if (response === undefined) {
    return standIn === 'error' ? errorProblems(where, body) : [`${where}: the OpenAPI has no such status`];
  }
  if (status >= 400) {
    return errorProblems(where, body);
  }
  const schema = response.content?.['application/json']?.schema;
  if (schema === undefined) {
    return body === null || JSON.stringify(body) === '{}' ? [] : [`${where}: the OpenAPI has no body`];
  }
  const validate = validatorOf(where, schema);
  return validate(withoutOthers(body)) ? [] : [`${where}: ${ajv.errorsText(validate.errors, { separator: '; ' })}`];
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(where: string, schema: object): ValidateFunction {
  const validate = validators.get(where) ?? ajv.compile(schema);
  validators.set(where, validate);
  return validate;
}

function withoutOthers(body: unknown): unknown {
  if (Array.isArray(body)) {
    return body.map(withoutOthers);
  }
  if (typeof body !== 'object' || body === null) {
    return body;
  }
  const entries = Object.entries(body).filter(([key]) => !otherProperties.includes(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutOthers(value)]));
}

function templatePattern(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

function errorProblems(where: string, body: unknown): string[] {
  const { statusCode, error, message } = (body ?? {}) as Readonly<Record<string, unknown>>;
  const isError = Number.isInteger(statusCode) && typeof error === 'string' && typeof message === 'string';
  return isError ? [] : [`${where}: not an error of Auth0`];
}
