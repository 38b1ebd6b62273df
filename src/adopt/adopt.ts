import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic, hasErrors } from '../language/diagnostic.ts';
import { nearestName } from '../language/nearest-name.ts';
import type { SourceFile } from '../language/source.ts';
import { byCodePoint } from '../language/source.ts';
import { isChosen } from '../model/name-choice.ts';
import type { ObservedApi, ObservedRole, ObservedState } from '../model/observed-state.ts';
import type { Choice } from './choose.ts';
import { chooseApis, placeRoles, withoutLookalikes } from './choose.ts';
import { differencesOfApplication, differencesOfRole } from './differences.ts';
import type { EnvironmentDraft } from './documents.ts';
import type { FileChange } from './edited-files.ts';
import { changesOf, withChanges } from './edited-files.ts';
import { extendApplication } from './extend-application.ts';
import { newApplication } from './new-application.ts';
import { placeApplications } from './place-applications.ts';
import type { PlacedApplication, Reading } from './reading.ts';
import { read } from './reading.ts';

export interface AdoptRequest {
  /** The documents of the repository, free of errors; there may be none. */
  readonly files: readonly SourceFile[];
  /** Where they lie, below the root. */
  readonly folder: string;
  readonly observed: ObservedState;
  /** The environment, in case it is not declared yet. */
  readonly environment: EnvironmentDraft;
  readonly choice: Choice;
  /** The audience or the name of the application to which roles without permissions belong. */
  readonly ofEmpty: string | null;
  /** Titles of declared roles that are to become what the tenant has. */
  readonly again: readonly string[];
  /** The day that counts as today, `YYYY-MM-DD` in UTC. */
  readonly asOf: string;
}

/** What a tenant comes to as documents. */
export interface Adopted {
  readonly changes: readonly FileChange[];
  /** What is declared, after the changes, exactly as the tenant has it. */
  readonly applications: readonly { readonly name: string; readonly api: ObservedApi }[];
  readonly roles: readonly { readonly application: string; readonly name: string; readonly observed: ObservedRole }[];
}

/**
 * Turns what a tenant holds into documents, beside those that are there. What cannot be declared so that the tenant
 * stays as it is, is left out and told; what is declared already stays as it is, unless it is to be adopted again. Null
 * where the request makes no sense.
 */
export function adopt(request: AdoptRequest): Result<Adopted | null> {
  return adoptAllBut(new Set(), request);
}

function adoptAllBut(strays: ReadonlySet<ObservedRole>, request: AdoptRequest): Result<Adopted | null> {
  const reading = read(request.files, request.environment.name, request.asOf);
  const { observed, choice, again } = request;
  const unknown = unknownTitles(observed, [...again, ...choice.include]);
  const [apis, choosing] = chooseApis(observed, choice, again.length === 0);
  if (hasErrors([...unknown, ...choosing])) return [null, [...unknown, ...choosing]];
  const isWanted = ({ title }: ObservedRole) => (again.length > 0 ? again.includes(title) : isChosen(title, choice));
  const wanted = observed.roles.filter((role) => isWanted(role) && !strays.has(role));
  const ofEmpty = audienceOf(request.ofEmpty, apis, reading);
  if (request.ofEmpty !== null && ofEmpty === null) {
    const help = 'name it by its audience, or by the name that it is declared under';
    return [null, [diagnostic('RW6921', null, { what: 'API that is adopted for', text: request.ofEmpty }, { help })]];
  }
  const [placed, placing] = placeRoles({ apis: observed.apis, roles: wanted }, apis, ofEmpty);
  const [roles, comparing] = withoutLookalikes(placed, titlesBeside(reading, placed));
  const told = [...choosing, ...placing, ...comparing, ...[...strays].map(strayRole)];

  const taken = new Set(reading.applications.flatMap(({ name, formerly }) => [name, ...formerly]));
  const files: SourceFile[] = [];
  const drafts: { name: string; api: ObservedApi }[] = [];
  const edits = [];
  for (const api of apis) {
    const own = [...roles].flatMap(([role, audience]) => (audience === api.audience ? [role] : []));
    const declared = reading.placed.get(api.audience);
    if (declared === undefined && again.length > 0) {
      // A single role brings no application along.
      told.push(...own.map((role) => ofUndeclared(role, api)));
    } else if (declared === undefined) {
      const [made, problems] = newApplication(request.folder, api, own, taken);
      told.push(...problems);
      if (made === null) continue;
      taken.add(made.name);
      files.push(...made.files);
      drafts.push({ name: made.name, api });
    } else {
      const [extension, problems] = extendApplication(request.folder, reading, declared, api, own, again);
      told.push(...problems);
      files.push(...extension.files);
      edits.push(...extension.edits);
    }
  }
  const place = placeApplications(request.folder, reading, request.environment, drafts);
  const changes = changesOf(reading.files, [...edits, ...place.edits], [...files, ...place.files]);
  const result = asDeclared(request, changes);
  const before = new Set([...reading.placed.values()].flatMap(titlesOf));
  const more = [...roles.keys()].filter(
    (role) =>
      !before.has(role.title) &&
      result.titles.has(role.title) &&
      !result.roles.some(({ observed: one }) => one === role),
  );
  // What a draft comes to is seen only when it is compiled; one that is not the very same is taken back.
  if (more.length > 0) return adoptAllBut(new Set([...strays, ...more]), request);
  return [{ changes, applications: result.applications, roles: result.roles }, told];
}

function strayRole({ title }: ObservedRole): Diagnostic {
  return diagnostic('RW6902', null, { role: title, reason: 'nothing that could be declared is just what it holds' });
}

function ofUndeclared({ title }: ObservedRole, { audience }: ObservedApi): Diagnostic {
  const help = 'adopt that API first, without --role';
  return diagnostic('RW6925', null, { role: title, reason: `its API ${audience} is not declared` }, { help });
}

function titlesOf({ desired }: PlacedApplication): readonly string[] {
  return desired.roles.map(({ title }) => title);
}

/** What is declared after the changes just as the tenant has it. */
function asDeclared({ files, environment, observed, asOf }: AdoptRequest, changes: readonly FileChange[]) {
  const { placed } = read(withChanges(files, changes), environment.name, asOf);
  const known = observed.apis.flatMap((api) => {
    const desired = placed.get(api.audience)?.desired;
    return desired === undefined ? [] : [{ api, desired }];
  });
  return {
    titles: new Set([...placed.values()].flatMap(titlesOf)),
    applications: known
      .filter(({ api, desired }) => differencesOfApplication(desired, api).length === 0)
      .map(({ api, desired }) => ({ name: desired.name, api })),
    roles: known.flatMap(({ api, desired }) =>
      desired.roles.flatMap((role) => {
        const [there, ...twins] = observed.roles.filter(({ title }) => title === role.title);
        if (there === undefined || twins.length > 0) return [];
        if (differencesOfRole(role, api.audience, there).length > 0) return [];
        return [{ application: desired.name, name: role.name, observed: there }];
      }),
    ),
  };
}

function unknownTitles({ roles }: ObservedState, titles: readonly string[]): readonly Diagnostic[] {
  const known = roles.map(({ title }) => title);
  return titles
    .filter((title) => !title.includes('*') && !known.includes(title))
    .map((text) => diagnostic('RW6921', null, { what: 'role', text }, { suggestion: nearestName(text, known) }));
}

function audienceOf(text: string | null, apis: readonly ObservedApi[], { placed }: Reading): string | null {
  const api = apis.find(({ audience }) => audience === text || placed.get(audience)?.definition.name === text);
  return api?.audience ?? null;
}

/** Titles of what is declared in the environment, but for those that the tenant's roles stand for. */
function titlesBeside({ placed }: Reading, roles: ReadonlyMap<ObservedRole, string>): readonly string[] {
  return [...placed.values()]
    .flatMap(({ desired }) => desired.roles.map(({ title }) => ({ title, audience: desired.audience })))
    .filter(({ title, audience }) => ![...roles].some(([role, api]) => role.title === title && api === audience))
    .map(({ title }) => title)
    .toSorted(byCodePoint);
}
