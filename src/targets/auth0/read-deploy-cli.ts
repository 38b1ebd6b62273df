import { parse } from 'yaml';
import type { Diagnostic, Result } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { SourceFile } from '../../language/source.ts';
import { byCodePoint } from '../../language/source.ts';
import type { ObservedApi, ObservedGrant, ObservedRole, ObservedState } from '../../model/observed-state.ts';

/** What auth0-deploy-cli exports: one `tenant.yaml`, or a folder with a JSON file for each API and role. */
export interface DeployCliExport {
  readonly tenantFile: SourceFile | null;
  readonly apiFiles: readonly SourceFile[];
  readonly roleFiles: readonly SourceFile[];
}

/** What an API has whose file says nothing of it. */
const defaultLifetime = 86_400;
const managementApi = 'Auth0 Management API';

/**
 * What a tenant held when it was exported, or will hold once the export is imported. Keywords (`##NAME##`, `@@NAME@@`)
 * stay as they are and are told: what they stand for is not in the files. Null where a file cannot be read.
 */
export function readDeployCli(exported: DeployCliExport, tenant: string): Result<ObservedState | null> {
  const problems: Diagnostic[] = [];
  const unreadable = (path: string, reason: string) => {
    problems.push(diagnostic('RW6923', null, { path, reason }));
  };
  const read = (file: SourceFile): unknown => {
    try {
      return parse(veiled(file.text));
    } catch (error) {
      unreadable(file.path, (error as Error).message.split('\n')[0] ?? '');
      return null;
    }
  };
  const parts = partsOf(exported, read, unreadable);
  const apis: ObservedApi[] = [];
  const roles: ObservedRole[] = [];
  for (const { path, value } of parts.apis) {
    const api = apiOf(value);
    if (typeof api === 'string') unreadable(path, api);
    else if (apis.some(({ audience }) => audience === api.audience)) unreadable(path, `${api.audience} stands twice`);
    else apis.push(api);
  }
  for (const { path, value } of parts.roles) {
    const role = roleOf(value);
    if (typeof role === 'string') unreadable(path, role);
    else roles.push(role);
  }
  if (problems.length > 0) return [null, problems];
  const state = {
    tenant,
    apis: apis.toSorted((a, b) => byCodePoint(a.audience, b.audience)),
    roles: roles.toSorted((a, b) => byCodePoint(a.title, b.title)),
  };
  return [state, keywordsIn(state, parts.path)];
}

interface Part {
  readonly path: string;
  readonly value: unknown;
}

function partsOf(
  { tenantFile, apiFiles, roleFiles }: DeployCliExport,
  read: (file: SourceFile) => unknown,
  unreadable: (path: string, reason: string) => void,
): { readonly path: string; readonly apis: readonly Part[]; readonly roles: readonly Part[] } {
  const each = (files: readonly SourceFile[]) => files.map((file) => ({ path: file.path, value: read(file) }));
  if (tenantFile === null) return { path: 'the export', apis: each(apiFiles), roles: each(roleFiles) };
  const { path } = tenantFile;
  const whole = read(tenantFile);
  const under = (key: string): readonly Part[] => {
    const value = isMap(whole) ? (whole[key] ?? []) : [];
    if (Array.isArray(value)) return value.map((one: unknown) => ({ path, value: one }));
    unreadable(path, `${key} is not a list`);
    return [];
  };
  return { path, apis: under('resourceServers'), roles: under('roles') };
}

function apiOf(value: unknown): ObservedApi | string {
  if (!isMap(value)) return 'an API is not a map';
  const { name = '', identifier, scopes = [], token_lifetime: lifetime = defaultLifetime } = value;
  if (typeof identifier !== 'string' || typeof name !== 'string') return 'an API has no name or no identifier';
  if (!Array.isArray(scopes)) return `the scopes of ${unveiled(identifier)} are not a list`;
  const listed = scopes.filter(isMap).map(({ value: scope, description }) => ({
    value: unveiled(String(scope)),
    description: typeof description === 'string' ? unveiled(description) : '',
  }));
  return {
    id: '',
    audience: unveiled(identifier),
    title: unveiled(name),
    system: value.is_system === true || name === managementApi,
    enforced: value.enforce_policies === true && String(value.token_dialect).endsWith('_authz'),
    tokenLifetimeSeconds: typeof lifetime === 'number' ? lifetime : null,
    scopes: listed.toSorted((a, b) => byCodePoint(a.value, b.value)),
  };
}

function roleOf(value: unknown): ObservedRole | string {
  if (!isMap(value) || typeof value.name !== 'string') return 'a role has no name';
  const { name, description, permissions = [] } = value;
  if (!Array.isArray(permissions)) return `the permissions of ${unveiled(name)} are not a list`;
  const grants = permissions.filter(isMap).map(
    (one): ObservedGrant => ({
      audience: unveiled(String(one.resource_server_identifier)),
      scope: unveiled(String(one.permission_name)),
    }),
  );
  return {
    id: '',
    title: unveiled(name),
    description: typeof description === 'string' ? unveiled(description) : '',
    grants: grants.toSorted((a, b) => byCodePoint(a.audience, b.audience) || byCodePoint(a.scope, b.scope)),
  };
}

function keywordsIn(state: ObservedState, path: string): readonly Diagnostic[] {
  const found = new Set(JSON.stringify(state).match(/##\w+##|@@\w+@@/gu));
  return [...found].sort(byCodePoint).map((keyword) => diagnostic('RW6924', null, { path, keyword }));
}

/** Keywords as letters of nobody's: YAML would take them for comments, or for nothing. */
function veiled(text: string): string {
  return text.replace(/##(\w+)##/gu, '\uE000$1\uE000').replace(/@@(\w+)@@/gu, '\uE001$1\uE001');
}

function unveiled(text: string): string {
  return text.replace(/\uE000(\w+)\uE000/gu, '##$1##').replace(/\uE001(\w+)\uE001/gu, '@@$1@@');
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
