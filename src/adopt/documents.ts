import type { SourceFile } from '../language/source.ts';
import type { Purpose, TargetName } from '../model/definitions.ts';
import { titleOf } from '../model/link/identity.ts';
import type { ObservedApi } from '../model/observed-state.ts';
import { sectionLines } from './catalog-draft.ts';
import type { ApplicationDraft, RoleDraft } from './drafts.ts';
import { below, entry, item, list } from './yaml-lines.ts';

/** An environment that is to be declared. */
export interface EnvironmentDraft {
  readonly name: string;
  readonly purpose: Purpose;
  readonly target: TargetName;
  readonly tenant: string;
}

/** What an environment says where it says nothing. */
const tacitLifetime = 3600;

/** The files of a new application below the folder of the documents. */
export function applicationFiles(folder: string, draft: ApplicationDraft): readonly SourceFile[] {
  const { name, apps } = draft;
  const at = `${folder}/${name}`;
  return [
    { path: `${at}/catalog.yaml`, text: catalogText(draft) },
    ...(apps.length === 0 ? [] : [{ path: `${at}/apps.yaml`, text: directoryText(name, apps) }]),
    ...draft.roles.map((role) => roleFile(folder, name, draft.api.title, role)),
  ];
}

/** The file of a role. */
export function roleFile(folder: string, application: string, applicationTitle: string, role: RoleDraft): SourceFile {
  const kind = role.kind === 'role' ? 'roles' : 'custom-roles';
  return {
    path: `${folder}/${application}/${kind}/${role.name}.yaml`,
    text: roleText(application, applicationTitle, role),
  };
}

/** The file of an environment with its applications. */
export function environmentFile(
  folder: string,
  { name, purpose, target, tenant }: EnvironmentDraft,
  placed: readonly { readonly name: string; readonly api: ObservedApi }[],
): SourceFile {
  const spec = [
    `purpose: ${purpose}`,
    // Auth0 is meant without a word.
    ...(target === 'auth0' ? [] : [`target: ${target}`]),
    `tenant: ${tenant}`,
    ...below(
      'applications',
      placed.flatMap(({ name: application, api }) => placeLines(application, api)),
    ),
  ];
  return { path: `${folder}/environments/${name}.yaml`, text: documentText('Environment', [`name: ${name}`], spec) };
}

/** The lines of an application in an environment. */
export function placeLines(name: string, { audience, tokenLifetimeSeconds }: ObservedApi): readonly string[] {
  const lifetime = tokenLifetimeSeconds === null ? null : lifetimeText(tokenLifetimeSeconds);
  return item([
    `name: ${name}`,
    ...entry('audience', audience),
    ...(lifetime === null ? [] : [`tokenLifetime: ${lifetime}`]),
  ]);
}

/** How a lifetime is declared; null where it is what is meant without a word, or cannot be declared. */
export function lifetimeText(seconds: number): string | null {
  if (seconds === tacitLifetime || seconds <= 0) return null;
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const;
  const [letter, length] = units.find(([, size]) => seconds % size === 0) ?? ['s', 1];
  return `${seconds / length}${letter}`;
}

function catalogText({ name, api, permissions, apps }: ApplicationDraft): string {
  const sections = sectionLines(permissions, apps.length > 0);
  // An API without scopes still has a catalog, and a catalog has a section.
  const whole = sections.length > 0 ? sections : item(['name: general', 'permissions: []']);
  return documentText('PermissionCatalog', identity(name, api.title), ['version: 1.0.0', ...below('sections', whole)]);
}

function directoryText(application: string, apps: ApplicationDraft['apps']): string {
  const lines = apps.flatMap(({ name, title }) => item(identity(name, title)));
  return documentText('AppDirectory', [`application: ${application}`, 'name: apps'], below('apps', lines));
}

function roleText(application: string, applicationTitle: string, role: RoleDraft): string {
  const { observed, name } = role;
  const metadata = [
    `application: ${application}`,
    ...identity(name, observed?.title ?? titleOf(name)),
    ...entry('description', descriptionOf(role, applicationTitle)),
  ];
  if (role.kind === 'custom-role') {
    return documentText('CustomRole', metadata, [`base: ${role.base}`, ...list('apps', role.apps)]);
  }
  const spec = [
    ...(observed === null ? ['assignable: false'] : []),
    ...(role.restrictable ? ['restrictable: true'] : []),
    ...list('grants', role.grants),
  ];
  // A spec cannot be empty; this says what counts anyhow.
  return documentText('Role', metadata, spec.length === 0 ? ['assignable: true'] : spec);
}

/** What is to be written down, so that the identity provider shows what it shows now. */
function descriptionOf({ kind, observed }: RoleDraft, applicationTitle: string): string | null {
  if (observed === null) return 'The base of custom roles; nobody holds it.';
  const tacit = `${observed.title} of ${applicationTitle}`;
  return kind === 'role' && observed.description === tacit ? null : observed.description;
}

function identity(name: string, title: string): readonly string[] {
  return [`name: ${name}`, ...entry('title', titleOf(name) === title ? null : title)];
}

function documentText(kind: string, metadata: readonly string[], spec: readonly string[]): string {
  const lines = ['apiVersion: rolewright/v1', `kind: ${kind}`, ...below('metadata', metadata), ...below('spec', spec)];
  return `${lines.join('\n')}\n`;
}
