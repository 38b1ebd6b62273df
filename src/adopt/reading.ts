import { parse } from '../language/parse/parse.ts';
import type { Place, SourceFile } from '../language/source.ts';
import { byPlace } from '../language/source.ts';
import type { TypedDocument } from '../language/validate/typed-document.ts';
import { validate } from '../language/validate/validate.ts';
import { compileUndigested } from '../model/compile/compile.ts';
import type { Application, Environment } from '../model/definitions.ts';
import type { DesiredApplication } from '../model/desired-state.ts';
import type { EffectiveApplication } from '../model/effective-model.ts';
import { link } from '../model/link/link.ts';
import { resolve } from '../model/resolve/resolve.ts';

/** What the documents of a repository come to for one environment; they are free of errors. */
export interface Reading {
  readonly files: readonly SourceFile[];
  readonly documents: readonly TypedDocument[];
  readonly applications: readonly Application[];
  /** null where it is not declared. */
  readonly environment: Environment | null;
  /** The applications that the environment places, by audience. */
  readonly placed: ReadonlyMap<string, PlacedApplication>;
}

export interface PlacedApplication {
  readonly definition: Application;
  readonly effective: EffectiveApplication;
  readonly desired: DesiredApplication;
}

/** @param asOf the day that counts as today; it decides only who is in an assignment */
export function read(files: readonly SourceFile[], environmentName: string, asOf: string): Reading {
  const [typed] = validate(parse(files)[0]);
  const [definitions] = link(typed);
  const [model] = resolve(definitions, asOf);
  const [state] = compileUndigested(model, environmentName);
  const placed = (state?.applications ?? []).flatMap((desired): [string, PlacedApplication][] => {
    const effective = model.applications.find(({ definition }) => definition.name === desired.name);
    return effective === undefined
      ? []
      : [[desired.audience, { definition: effective.definition, effective, desired }]];
  });
  return {
    files,
    documents: typed,
    applications: definitions.applications,
    environment: definitions.environments.find(({ name }) => name === environmentName) ?? null,
    placed: new Map(placed),
  };
}

/** The document whose name stands at a place, with its file. */
export function documentAt(
  { documents, files }: Reading,
  place: Place,
): { readonly typed: TypedDocument; readonly file: SourceFile } {
  const typed = documents.find(({ document }) => {
    return document.file === place.file && byPlace(document.locate(['metadata', 'name']), place) === 0;
  });
  const file = files.find(({ path }) => path === place.file);
  if (typed === undefined || file === undefined) throw new Error(`no document has its name at ${place.file}`);
  return { typed, file };
}
