import { join } from 'node:path';
import { loadRepository } from '../../../src/language/load-repository.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import { compile } from '../../../src/model/compile/compile.ts';
import { compilePolicy } from '../../../src/model/compile/compile-policy.ts';
import { check } from '../../../src/pipeline.ts';
import type { Model, Pair } from '../pair.ts';

const root = join(import.meta.dirname, '../../..');

/** A change of one file, or of all that match: a text for a text, wherever it stands. */
interface Edit {
  readonly path: RegExp;
  readonly from: string | RegExp;
  readonly to: string;
}

const flexRental: readonly Edit[] = [
  // A permission that many hold gets another name.
  { path: /^roles\/flex-rental\//u, from: /- inventory\/view-inventory$/gmu, to: '- inventory/view-in-stock' },
  {
    path: /^roles\/flex-rental\/catalog/u,
    from: '- name: view-inventory\n',
    to: '- name: view-in-stock\n          formerly:\n            - inventory/view-inventory\n',
  },
  // One role goes, and a new one takes its title.
  {
    path: /^roles\/flex-rental\/roles\/bookkeeper/u,
    from: 'name: bookkeeper',
    to: 'name: bookkeeping\n  title: Bookkeeper',
  },
  { path: /^roles\/flex-rental\/roles\//u, from: /- bookkeeper$/gmu, to: '- bookkeeping' },
];

const flexNet: readonly Edit[] = [
  // A permission moves from one role to another, which is renamed and retitled.
  {
    path: /^roles\/flexnet-operations\/roles\/product-manager/u,
    from: '    - entitlements/edit-unsent-emails\n',
    to: '',
  },
  {
    path: /^roles\/flexnet-operations\/roles\/order-entry/u,
    from: '    - entitlements/create-entitlements\n',
    to: '    - entitlements/create-entitlements\n    - entitlements/edit-unsent-emails\n',
  },
  {
    path: /^roles\/flexnet-operations\/roles\/order-entry/u,
    from: 'name: order-entry',
    to: 'name: order-desk\n  formerly:\n    - order-entry',
  },
];

const productiv: readonly Edit[] = [
  // What many inherit widens by a level, below which another one is inserted.
  {
    path: /^roles\/productiv\/roles\/basic-user/u,
    from: '    - data/individual-user-data:view\n',
    to: '    - data/individual-user-data:view\n    - data/spend-data:edit\n',
  },
  {
    path: /^roles\/productiv\/catalog/u,
    from: /(- name: spend-data\n {10}levels:\n)/u,
    to: '$1            - name: view-summary\n              whenDenied:\n                undocumented: A test.\n',
  },
  // A custom role gets other apps and another name, two others swap their titles.
  { path: /^roles\/productiv\/custom-roles\/collaboration-owners/u, from: '    - zoom\n', to: '    - figma\n' },
  {
    path: /^roles\/productiv\/custom-roles\/collaboration-owners/u,
    from: 'name: collaboration-owners',
    to: 'name: talk-owners\n  formerly:\n    - collaboration-owners',
  },
  {
    path: /^roles\/productiv\/custom-roles\/emea-procurement/u,
    from: 'title: EMEA Procurement',
    to: 'title: Engineering Renewals',
  },
  {
    path: /^roles\/productiv\/custom-roles\/engineering-renewals/u,
    from: 'name: engineering-renewals',
    to: 'name: engineering-renewals\n  title: EMEA Procurement',
  },
];

/** The three catalogs of this repository against changed copies of themselves. */
export async function catalogPairs(): Promise<readonly Pair[]> {
  const repository = await loadRepository(root);
  // Rules and tests name roles too, and the identity provider sees nothing of them.
  const files = repository.files.filter(({ path }) => !/\/(constraints|tests)\.yaml$/u.test(path));
  const before = modelOf(files);
  const nothing = { desired: { ...before.model.desired, applications: [] }, policies: [] };
  const to = (name: string, ...edits: readonly Edit[]): Pair => {
    const after = modelOf(edits.reduce(edited, files));
    return { name, before: before.model, after: after.model, renamed: after.renamed, overrides: [] };
  };
  return [
    { name: 'three catalogs, the first up', before: nothing, after: before.model, renamed: new Map(), overrides: [] },
    to('three catalogs, Flex changed', ...flexRental),
    to('three catalogs, FlexNet Operations changed', ...flexNet),
    to('three catalogs, Productiv changed', ...productiv),
    to('three catalogs, all changed', ...flexRental, ...flexNet, ...productiv),
  ];
}

function edited(files: readonly SourceFile[], { path, from, to }: Edit): readonly SourceFile[] {
  const now = files.map((file) => (path.test(file.path) ? { ...file, text: file.text.replace(from, to) } : file));
  if (now.every(({ text }, index) => text === files[index]?.text)) throw new Error(`no file has ${from} any more`);
  return now;
}

function modelOf(files: readonly SourceFile[]): { readonly model: Model; readonly renamed: Pair['renamed'] } {
  const [model, problems] = check(files);
  const [desired] = model === null ? [null] : compile(model, 'dev');
  const [policies] = model === null ? [null] : compilePolicy(model, 'dev');
  if (model === null || desired === null || policies === null) {
    throw new Error(`the changed catalogs are wrong: ${problems.map(({ message }) => message).join('; ')}`);
  }
  const audiences = new Map(desired.applications.map(({ name, audience }) => [name, audience]));
  const renamed = model.applications.flatMap(({ definition: { name, sections } }) =>
    sections.flatMap(({ permissions }) =>
      permissions.flatMap(({ formerly, reference }) =>
        formerly.map((old) => [`${audiences.get(name)} ${old}`, `${audiences.get(name)} ${reference}`] as const),
      ),
    ),
  );
  return { model: { desired, policies }, renamed: new Map(renamed) };
}
