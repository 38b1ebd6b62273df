import type { Diagnostic } from '../../src/language/diagnostic.ts';
import { sortDiagnostics } from '../../src/language/diagnostic.ts';
import { parse } from '../../src/language/parse/parse.ts';
import type { SourceFile } from '../../src/language/source.ts';
import { validate } from '../../src/language/validate/validate.ts';
import type { EffectiveApplication } from '../../src/model/effective-model.ts';
import { link } from '../../src/model/link/link.ts';
import { resolve } from '../../src/model/resolve/resolve.ts';
import { catalogs, today } from '../analysis/constraints/sketch.ts';

/** The shop with some documents as far as they mean anything, and every problem that linking and resolving found. */
export function resolvedShop(
  files: readonly SourceFile[],
  shared = catalogs,
): { readonly shop: EffectiveApplication; readonly problems: readonly Diagnostic[] } {
  const [typed, unread] = validate(parse([...shared, ...files])[0]);
  const [definitions, linking] = link(typed);
  const [model, resolving] = resolve(definitions, today);
  const shop = model.applications.find(({ definition }) => definition.name === 'shop');
  if (shop === undefined || unread.length > 0) throw new Error(JSON.stringify(unread));
  return { shop, problems: sortDiagnostics([...linking, ...resolving]) };
}
