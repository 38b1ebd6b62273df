import type { NodePath, Step } from './step.ts';
import { listed, moveKey, renameKey, reworded, rewriteTexts } from './step.ts';

/**
 * What is different in `rolewright/v1`, by kind; `docs/migrating.md` tells it to people. The steps of a kind run in
 * their order, after those of every kind.
 */
const everyKind: readonly Step[] = [
  renameKey(['metadata'], 'app', 'application'),
  moveKey('title', ['spec'], ['metadata'], 'name'),
];

const byKind: Readonly<Record<string, readonly Step[]>> = {
  PermissionCatalog: [
    ...[
      ['spec', 'sections', '*'],
      ['spec', 'sections', '*', 'permissions', '*'],
    ].map((path) => renameKey(path, 'restricted', 'restrictedBy', reworded({ true: 'apps', false: 'nothing' }))),
    levelLast('spec', 'sections', '*', 'permissions', '*', 'requires', '*'),
  ],
  Role: [
    renameKey(['spec'], 'extends', 'inherits', listed),
    renameKey(['spec'], 'permissions', 'grants'),
    levelLast('spec', 'grants', '*'),
  ],
  RoleTest: ['can', 'cannot', 'exact'].map((key) => levelLast('spec', 'tests', '*', key, '*')),
  Environment: [
    renameKey(['spec'], 'stage', 'purpose', reworded({ dev: 'development', test: 'staging', prod: 'production' })),
  ],
};

/** The steps that take a document of this kind from `rolewright/v1alpha1` to `rolewright/v1`, but for its apiVersion. */
export function stepsFromV1alpha1(kind: string): readonly Step[] {
  return [...everyKind, ...(Object.hasOwn(byKind, kind) ? (byKind[kind] ?? []) : [])];
}

/** `data/contract-data@view` is written `data/contract-data:view`. */
function levelLast(...path: NodePath): Step {
  return rewriteTexts(path, /^([^@:\s]+\/[^@:\s]+)@([^@:\s]+)$/u, '$1:$2');
}
