import type { Result } from '../../language/diagnostic.ts';
import type { Place } from '../../language/source.ts';
import { byCodePoint, formatPlace } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import { documentsOf } from '../../language/validate/typed-document.ts';
import type { Definitions } from '../definitions.ts';
import type { Collector } from './collector.ts';
import { collector as newCollector } from './collector.ts';
import { claimOf } from './identity.ts';
import type { Owned } from './link-application.ts';
import { linkApplication } from './link-application.ts';
import { linkConstraint } from './link-constraint.ts';
import { checkAudiences, linkEnvironment } from './link-environment.ts';
import type { Claim, Names } from './names.ts';
import { claimNames, lookUp } from './names.ts';
import { checkTitles } from './titles.ts';

/**
 * Links documents into definitions: every name that one uses is found, or reported with the nearest one. All is sorted
 * by name; neither the order of the files nor that of the documents matters.
 */
export function link(documents: readonly TypedDocument[]): Result<Definitions> {
  const collector = newCollector();
  const sorted = documents.toSorted((a, b) => byCodePoint(a.document.file, b.document.file));
  const catalogs = claimNames('application', documentsOf(sorted, 'PermissionCatalog').map(claimOfDocument), collector);
  const own = ofApplications(sorted, catalogs, collector);
  const linked = [...catalogs.current]
    .toSorted(([a], [b]) => byCodePoint(a, b))
    .map(([name, catalog]) => linkApplication(catalog, own.get(name) ?? [], collector));
  const applications = new Map(linked.map(({ application }) => [application.name, application]));
  const names = new Map(linked.map((item) => [item.linked.name, item.linked]));
  const constraints = constraintsOf(sorted, collector)
    .flatMap((constraint) => linkConstraint(constraint, names, collector) ?? [])
    .toSorted((a, b) => byCodePoint(a.name, b.name));
  const environmentDocuments = claimNames(
    'environment',
    documentsOf(sorted, 'Environment').map(claimOfDocument),
    collector,
  );
  const environments = [...environmentDocuments.current.values()]
    .map((environment) => linkEnvironment(environment, applications, collector))
    .toSorted((a, b) => byCodePoint(a.name, b.name));
  checkAudiences(environments, collector);
  checkTitles(environments, applications, titlePlacesOf(sorted), collector);
  return [{ applications: [...applications.values()], constraints, environments }, collector.diagnostics];
}

function claimOfDocument<T extends TypedDocument>(typed: T): Claim<T> {
  return claimOf(typed.document, typed.value.metadata, typed);
}

/** Where titles are written, by the place of the name that they go with. */
function titlePlacesOf(documents: readonly TypedDocument[]): ReadonlyMap<string, Place> {
  const titled = documents.filter(({ value }) => value.metadata.title !== undefined);
  return new Map(
    titled.map(({ document }) => [
      formatPlace(document.locate(['metadata', 'name'])),
      document.locate(['metadata', 'title']),
    ]),
  );
}

/** A constraint's name is its application's own; those over several applications share one set. */
function constraintsOf(
  documents: readonly TypedDocument[],
  collector: Collector,
): readonly TypedDocument<'Constraint'>[] {
  const all = documentsOf(documents, 'Constraint');
  return [...Map.groupBy(all, ({ value }) => value.metadata.application).values()].flatMap((own) => [
    ...claimNames('constraint', own.map(claimOfDocument), collector).current.values(),
  ]);
}

/** The documents of each application; one that names an application without a catalog is an error. */
function ofApplications(
  documents: readonly TypedDocument[],
  catalogs: Names<TypedDocument<'PermissionCatalog'>>,
  collector: Collector,
): ReadonlyMap<string, readonly Owned[]> {
  const owned = documents.flatMap((typed) => {
    const { metadata } = typed.value;
    if (!('application' in metadata) || metadata.application === undefined) return [];
    return [{ application: metadata.application, typed: typed as Owned }];
  });
  for (const { application, typed } of owned) {
    lookUp(catalogs, application, typed.document.locate(['metadata', 'application']), 'RW2110', collector);
  }
  const grouped = Map.groupBy(owned, ({ application }) => application);
  return new Map([...grouped].map(([application, items]) => [application, items.map(({ typed }) => typed)]));
}
