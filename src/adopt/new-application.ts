import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { SourceFile } from '../language/source.ts';
import type { ObservedApi, ObservedRole } from '../model/observed-state.ts';
import { permissionDrafts } from './catalog-draft.ts';
import { applicationFiles, lifetimeText } from './documents.ts';
import { allRestrictable, draftRoles } from './drafts.ts';
import { nameFor } from './naming.ts';
import { narrowingOf } from './narrowing.ts';

/** An application that nobody has declared yet: its name and files; null where it cannot be declared as it is. */
export function newApplication(
  folder: string,
  api: ObservedApi,
  roles: readonly ObservedRole[],
  taken: ReadonlySet<string>,
): Result<{ readonly name: string; readonly files: readonly SourceFile[] } | null> {
  const narrowing = narrowingOf(api, roles);
  if (typeof narrowing === 'string') {
    const help = 'declare its apps and restrictions by hand, or leave it out with --audience';
    return [null, [diagnostic('RW6901', null, { audience: api.audience, reason: narrowing }, { help })]];
  }
  const { name, isObvious } = nameFor(api.title, 'application', (candidate) => taken.has(candidate));
  const permissions = permissionDrafts(api.scopes, new Set());
  const sorted = narrowing?.roles ?? { narrowed: [], unnarrowed: roles, refused: [] };
  const drafted = draftRoles({ api, permissions, roles: sorted, bases: [], taken: new Set() });
  const drafts = narrowing === null ? drafted.drafts : allRestrictable(drafted.drafts);
  const problems: Diagnostic[] = [
    ...(isObvious ? [] : [diagnostic('RW6911', null, { title: api.title, name })]),
    ...drafted.made.map((made) => diagnostic('RW6911', null, { title: made.title, name: `${name}/${made.name}` })),
    ...drafted.refused.map(({ role, reason }) => diagnostic('RW6902', null, { role: role.title, reason })),
    ...(narrowing === null ? [] : [diagnostic('RW6915', null, { application: name })]),
    ...settingsOf(name, api),
  ];
  const draft = { name, api, permissions, apps: narrowing?.apps ?? [], roles: drafts };
  return [{ name, files: applicationFiles(folder, draft) }, problems];
}

/** What Rolewright needs and the API has otherwise. */
export function settingsOf(application: string, api: ObservedApi): readonly Diagnostic[] {
  const seconds = api.tokenLifetimeSeconds;
  const settings = [
    ...(api.enforced ? [] : ['roles are not enforced, or permissions are not in tokens']),
    ...(seconds === null || seconds === 3600 || lifetimeText(seconds) !== null ? [] : [`tokens live ${seconds} s`]),
  ];
  return settings.map((setting) => diagnostic('RW6912', null, { application, setting }));
}
