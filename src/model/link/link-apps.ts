import type { WrittenAppDirectory } from '../../language/schema/kinds.ts';
import { byCodePoint } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import type { App, Vendor } from '../definitions.ts';
import type { Collector } from './collector.ts';
import { formerNames, namedSet, titleAt } from './identity.ts';
import type { Names } from './names.ts';
import { claimNames, lookUp } from './names.ts';

/** The linked directory of an application; empty where it has none. */
export interface Directory {
  readonly vendors: readonly Vendor[];
  readonly apps: Names<App>;
}

const empty: Directory = { vendors: [], apps: { current: new Map(), former: new Map() } };

/** Links an AppDirectory: vendors first, then the apps that name them. Resellers are plain names. */
export function linkApps(directory: TypedDocument<'AppDirectory'> | null, collector: Collector): Directory {
  if (directory === null) return empty;
  const { document } = directory;
  const written: WrittenAppDirectory['spec'] = directory.value.spec;
  const resellersAt = (path: readonly (string | number)[], resellers: readonly string[] | undefined) =>
    namedSet(document, [...path, 'resellers'], resellers, collector)
      .map(({ name }) => name)
      .sort(byCodePoint);
  const vendorClaims = (written.vendors ?? []).map((vendor, index) => {
    const path = ['spec', 'vendors', index];
    const place = document.locate([...path, 'name']);
    const value: Vendor = {
      name: vendor.name,
      title: titleAt(document, [...path, 'title'], vendor, collector),
      resellers: resellersAt(path, vendor.resellers),
      formerly: vendor.formerly ?? [],
      place,
    };
    return { name: vendor.name, place, formerly: formerNames(document, [...path, 'formerly'], vendor.formerly), value };
  });
  const vendors = claimNames('vendor', vendorClaims, collector);
  const appClaims = written.apps.map((app, index) => {
    const path = ['spec', 'apps', index];
    const place = document.locate([...path, 'name']);
    const vendorPlace = document.locate([...path, 'vendor']);
    const vendor = app.vendor === undefined ? null : lookUp(vendors, app.vendor, vendorPlace, 'RW2113', collector);
    const value: App = {
      name: app.name,
      title: titleAt(document, [...path, 'title'], app, collector),
      vendor: vendor?.name ?? null,
      resellers: resellersAt(path, app.resellers),
      formerly: app.formerly ?? [],
      place,
    };
    return { name: app.name, place, formerly: formerNames(document, [...path, 'formerly'], app.formerly), value };
  });
  const apps = claimNames('app', appClaims, collector);
  return { vendors: [...vendors.current.values()].sort((a, b) => byCodePoint(a.name, b.name)), apps };
}
