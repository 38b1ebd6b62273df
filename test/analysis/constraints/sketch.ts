import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import type { Diagnostic } from '../../../src/language/diagnostic.ts';
import { hasErrors } from '../../../src/language/diagnostic.ts';
import { parse } from '../../../src/language/parse/parse.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import { validate } from '../../../src/language/validate/validate.ts';
import type { EffectiveModel } from '../../../src/model/effective-model.ts';
import { link } from '../../../src/model/link/link.ts';
import { resolve } from '../../../src/model/resolve/resolve.ts';

/** The day that counts as today, unless a test says otherwise. */
export const today = '2026-11-21';

const shopCatalog = `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: shop
spec:
  version: 1.0.0
  sections:
    - name: data
      restrictedBy: apps
      permissions:
        - name: contract
          levels:
            - name: peek
            - name: view
            - name: edit
        - name: spend
          levels:
            - name: view
            - name: edit
    - name: money
      restrictedBy: nothing
      permissions:
        - name: pay
        - name: sign
`;

const shopApps = `apiVersion: rolewright/v1
kind: AppDirectory
metadata:
  application: shop
  name: apps
spec:
  apps:
    - name: asana
    - name: slack
    - name: zoom
`;

const deskCatalog = `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: desk
spec:
  version: 1.0.0
  sections:
    - name: work
      permissions:
        - name: approve
        - name: file
    - name: money
      permissions:
        - name: pay
`;

/** Two applications: shop, with levels and apps, and desk, with neither; both have a permission money/pay. */
export const catalogs: readonly SourceFile[] = [
  { path: 'desk.yaml', text: deskCatalog },
  { path: 'shop.yaml', text: `${shopCatalog}---\n${shopApps}` },
];

interface RoleSketch {
  readonly application?: string;
  readonly inherits?: readonly string[];
  readonly grants?: readonly string[];
  /** Further lines of the spec, indented by two. */
  readonly more?: readonly string[];
}

/** A role of the shop, in a file of its name. */
export function role(
  name: string,
  { application = 'shop', inherits = [], grants = [], more = [] }: RoleSketch,
): SourceFile {
  const lines = [...list('inherits', inherits), ...list('grants', grants), ...more];
  return document('Role', name, application, lines.length === 0 ? ['assignable: true'] : lines);
}

/** A custom role of the shop. */
export function customRole(
  name: string,
  base: string,
  apps: readonly string[],
  more: readonly string[] = [],
): SourceFile {
  return document('CustomRole', name, 'shop', [`base: ${base}`, ...list('apps', apps), ...more]);
}

/** An assignment; users are ids, or addresses over the connection "sso". */
export function assignment(
  name: string,
  held: string,
  users: readonly string[],
  { application = 'shop', more = [] }: { readonly application?: string; readonly more?: readonly string[] } = {},
): SourceFile {
  const entries = users.flatMap((user) => {
    const [account = '', last] = user.split(' through ');
    const who = account.includes('@') ? [`  - email: ${account}`, '    connection: sso'] : [`  - id: ${account}`];
    return last === undefined ? who : [...who, `    validThrough: ${last}`];
  });
  return document('Assignment', name, application, [`role: ${held}`, ...more, 'users:', ...entries]);
}

/** A constraint called "rule", of the shop unless it spans applications. */
export function constraint(lines: readonly string[], application: string | null = 'shop'): SourceFile {
  return document('Constraint', 'rule', application, lines);
}

/** An exception as the lines of a list item. */
export function exception(names: readonly string[], validThrough = '2027-12-31'): readonly string[] {
  const [first = '', ...others] = [
    ...names,
    'owner: o@example.com',
    'reason: For now.',
    `validThrough: ${validThrough}`,
  ];
  return [`  - ${first}`, ...others.map((line) => `    ${line}`)];
}

/** An environment with both applications. */
export function environment(name: string, purpose: string): SourceFile {
  const text = `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: ${name}
spec:
  purpose: ${purpose}
  tenant: ${name}.eu.auth0.com
  applications:
    - name: desk
      audience: https://desk.${name}.example
      tokenLifetime: 1h
    - name: shop
      audience: https://shop.${name}.example
      tokenLifetime: 1h
`;
  return { path: `${name}.yaml`, text };
}

/** A list with its key, as lines of a spec. */
export function list(key: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : [`${key}:`, ...entries.map((entry) => `  - ${entry}`)];
}

/** A document in a file of its name. */
export function document(kind: string, name: string, application: string | null, spec: readonly string[]): SourceFile {
  const owner = application === null ? '' : `\n  application: ${application}`;
  const lines = spec.map((line) => `  ${line}`).join('\n');
  const text = `apiVersion: rolewright/v1\nkind: ${kind}\nmetadata:${owner}\n  name: ${name}\nspec:\n${lines}\n`;
  return { path: `${name}.yaml`, text };
}

/** The effective model of documents that have no error; with the two catalogs, unless it has its own. */
export function modelOf(files: readonly SourceFile[], asOf: string = today, shared = catalogs): EffectiveModel {
  const [model, problems] = resolved([...shared, ...files], asOf);
  if (hasErrors(problems)) throw new Error(problems.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return model;
}

/** What linking and resolving say of documents besides the two catalogs. */
export function problemsOf(files: readonly SourceFile[]): readonly string[] {
  const all = [...catalogs, ...files];
  return told(resolved(all, today)[1], all);
}

/** What the constraints say of documents besides the two catalogs: `RW5301 b.yaml "the token": the message`. */
export function constraintsSay(files: readonly SourceFile[], asOf: string = today): readonly string[] {
  return told(checkConstraints(modelOf(files, asOf), asOf), [...catalogs, ...files]);
}

/** The same with what helps: the places that are shown besides, and what to do. */
export function constraintsExplain(
  files: readonly SourceFile[],
): readonly { readonly message: string; readonly related: readonly string[]; readonly help: string | null }[] {
  return checkConstraints(modelOf(files), today).map(({ message, related, help }) => ({
    message,
    related: related.map((item) => `${item.place.file}:${item.place.line} ${item.message}`),
    help,
  }));
}

/** Diagnostics with the token at their place. */
export function told(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): readonly string[] {
  return diagnostics.map(({ code, place, message }) => {
    const line = files.find(({ path }) => path === place?.file)?.text.split('\n')[(place?.line ?? 0) - 1] ?? '';
    const token = line.slice((place?.column ?? 1) - 1, (place?.endColumn ?? 1) - 1);
    return `${code} ${place?.file} "${token}": ${message}`;
  });
}

function resolved(files: readonly SourceFile[], asOf: string): readonly [EffectiveModel, readonly Diagnostic[]] {
  const [documents, parsing] = parse(files);
  const [typed, validating] = validate(documents);
  const [definitions, linking] = link(typed);
  const [model, resolving] = resolve(definitions, asOf);
  return [model, [...parsing, ...validating, ...linking, ...resolving]];
}
