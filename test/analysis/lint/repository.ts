import { lint } from '../../../src/analysis/lint/lint.ts';
import type { LintName } from '../../../src/language/catalogue/lint-codes.ts';
import type { Diagnostic } from '../../../src/language/diagnostic.ts';
import { parse } from '../../../src/language/parse/parse.ts';
import type { LintLevels } from '../../../src/language/settings.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import { formatPlace } from '../../../src/language/source.ts';
import { validate } from '../../../src/language/validate/validate.ts';
import { link } from '../../../src/model/link/link.ts';
import { resolve } from '../../../src/model/resolve/resolve.ts';

/** A catalog without a flaw, and roles that hold all of it: what tests and pages put their documents into. */
export const catalog: SourceFile = {
  path: 'roles/desk/catalog.yaml',
  text: `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: desk
spec:
  version: 1.0.0
  sections:
    - name: data
      permissions:
        - name: contract-data
          levels:
            - name: view
              whenDenied:
                hidden:
                  - Contracts
            - name: edit
              whenDenied:
                refused:
                  - save a contract
        - name: spend-data
          levels:
            - name: view
              whenDenied:
                hidden:
                  - Spend
            - name: edit
              whenDenied:
                undocumented: Nobody has looked yet.
    - name: settings
      permissions:
        - name: manage-settings
          whenDenied:
            refused:
              - save settings
`,
};

export const viewer = role('viewer', ['grants:', '  - data/contract-data:view', '  - data/spend-data:view']);
export const admin = role('admin', [
  'inherits:',
  '  - viewer',
  'grants:',
  '  - data/contract-data:edit',
  '  - data/spend-data:edit',
  '  - settings/manage-settings',
]);

/** A repository in which no lint finds anything. */
export const clean: readonly SourceFile[] = [catalog, viewer, admin];

/** A role of the application `desk`, in the file of its name; `spec` in lines without their indentation. */
export function role(name: string, spec: readonly string[]): SourceFile {
  return document('Role', name, spec, `roles/desk/roles/${name}.yaml`);
}

/** A document of the application `desk`. */
export function document(kind: string, name: string, spec: readonly string[], path: string): SourceFile {
  const heading = `apiVersion: rolewright/v1\nkind: ${kind}\nmetadata:\n  application: desk\n  name: ${name}\nspec:`;
  return { path, text: `${[heading, ...spec.map((line) => `  ${line}`)].join('\n')}\n` };
}

/** A directory of apps; without `restrictedBy` the catalog would be wrong, so it comes with a catalog that says it. */
export function withApps(spec: readonly string[]): readonly SourceFile[] {
  const text = catalog.text.replaceAll('      permissions:', '      restrictedBy: apps\n      permissions:');
  return [{ ...catalog, text }, document('AppDirectory', 'apps', spec, 'roles/desk/apps.yaml')];
}

/** The same file with a silence in its first document. */
export function silenced(file: SourceFile, lintName: string): SourceFile {
  const silences = `metadata:\n  silences:\n    - lint: ${lintName}\n      reason: It is meant.`;
  return { ...file, text: file.text.replace('metadata:', silences) };
}

/** What all lints say of files that must be free of errors. Of two files with one path the later one counts. */
export function lintFiles(files: readonly SourceFile[], levels: LintLevels = {}): readonly Diagnostic[] {
  const sources = [...new Map(files.map((file) => [file.path, file])).values()];
  const [documents, parsing] = parse(sources);
  const [typed, validating] = validate(documents);
  const [definitions, linking] = link(typed);
  const [model, resolving] = resolve(definitions, '2026-11-21');
  const problems = [...parsing, ...validating, ...linking, ...resolving];
  if (problems.length > 0) throw new Error(JSON.stringify(problems, null, 2));
  return lint(model, typed, levels);
}

/** What one lint says: `roles/desk/roles/viewer.yaml:5:9 <message>`, without the name that stands in brackets. */
export function findings(lintName: LintName, files: readonly SourceFile[]): readonly string[] {
  const suffix = ` [${lintName}]`;
  return lintFiles(files)
    .filter(({ message }) => message.endsWith(suffix))
    .map(({ place, message }) => `${place === null ? '' : formatPlace(place)} ${message.slice(0, -suffix.length)}`);
}
