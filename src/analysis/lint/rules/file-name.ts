import type { Diagnostic } from '../../../language/diagnostic.ts';
import { diagnostic } from '../../../language/diagnostic.ts';
import type { Kind } from '../../../language/schema/kinds.ts';
import type { TypedDocument } from '../../../language/validate/typed-document.ts';
import type { LintContext } from '../lint-context.ts';

/** How a file of a kind may be called besides after its document. */
const conventional: Readonly<Partial<Record<Kind, string>>> = {
  PermissionCatalog: 'catalog',
  AppDirectory: 'apps',
  ProvisioningPolicy: 'provisioning',
  Constraint: 'constraints',
  RoleTest: 'tests',
};

/** Files of one document that are called neither after it nor as files of its kind are. Several documents are fine. */
export function fileName({ documents }: LintContext): readonly Diagnostic[] {
  const files = Map.groupBy(documents, ({ document }) => document.file);
  return [...files.values()].flatMap(([only, ...others]) =>
    only === undefined || others.length > 0 ? [] : misnamed(only),
  );
}

function misnamed({ kind, value, document }: TypedDocument): readonly Diagnostic[] {
  const { name } = value.metadata;
  const file = document.file.slice(document.file.lastIndexOf('/') + 1);
  const extension = /\.ya?ml$/u.exec(file)?.[0] ?? '';
  const names = [conventional[kind], name].filter((known) => known !== undefined);
  if (names.includes(file.slice(0, file.length - extension.length))) return [];
  const expected = names.map((known) => `${known}${extension}`).join(' or ');
  const help = 'rename the file; nothing is inferred from its name';
  return [diagnostic('RW7008', document.locate(['metadata', 'name']), { name, file }, { expected, help })];
}
