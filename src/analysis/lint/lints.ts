import type { Lint } from './lint-context.ts';
import { fileName } from './rules/file-name.ts';
import { redundantGrant } from './rules/redundant-grant.ts';
import { roleWithoutGrants } from './rules/role-without-grants.ts';
import { samePermissions } from './rules/same-permissions.ts';
import { similarNames } from './rules/similar-names.ts';
import { tokenSize } from './rules/token-size.ts';
import { undocumentedPermission } from './rules/undocumented-permission.ts';
import { unheldPermission } from './rules/unheld-permission.ts';
import { unusedBuildingBlock } from './rules/unused-building-block.ts';
import { unusedSilence } from './rules/unused-silence.ts';

/**
 * Every lint, in the order in which one reads a repository: the catalog, the roles, who holds what, and then the names and
 * the files. The last one must be last, since it asks what all the others have found.
 */
export const lints: readonly Lint[] = [
  { name: 'undocumented-permission', find: undocumentedPermission },
  { name: 'redundant-grant', find: redundantGrant },
  { name: 'same-permissions', find: samePermissions },
  { name: 'role-without-grants', find: roleWithoutGrants },
  { name: 'unused-building-block', find: unusedBuildingBlock },
  { name: 'unheld-permission', find: unheldPermission },
  { name: 'token-size', find: tokenSize },
  { name: 'similar-names', find: similarNames },
  { name: 'file-name', find: fileName },
  { name: 'unused-silence', find: unusedSilence },
];
