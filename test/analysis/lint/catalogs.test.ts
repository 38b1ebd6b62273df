import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSources } from '../../../src/language/load.ts';
import { formatPlace } from '../../../src/language/source.ts';
import { lintFiles } from './repository.ts';

const [files] = await loadSources(join(import.meta.dirname, '../../..'));

describe("the repository's own catalogs", () => {
  it('raise nothing that is not silenced with a reason, and no silence is unused', () => {
    const told = lintFiles(files).map(({ place, message }) => `${place === null ? '' : formatPlace(place)} ${message}`);
    expect(told).toEqual([]);
  });

  it('raise, without their silences, what is true of them and nothing else', () => {
    const bare = files.map(({ path, text }) => ({ path, text: text.replace(/^ {2}silences:\n(?: {4}.*\n)+/gmu, '') }));
    expect(lintFiles(bare).map(({ place, message }) => `${place?.file} ${message}`)).toEqual([
      'roles/flexnet-operations/catalog.yaml nothing says what is lost without any of the 133 permissions of flexnet-operations [undocumented-permission]',
      'roles/flex-rental/catalog.yaml no role holds "inventory/perform-mark-as-overrides" [unheld-permission]',
      'roles/flexnet-operations/roles/system-administrator.yaml an access token with "system-administrator" alone has about 4.9 kB (120 scopes) [token-size]',
    ]);
  });

  it('have a pair of names that differ only in a plural s, in two sections, where it is no danger', () => {
    const [catalog] = files.filter(({ path }) => path === 'roles/flexnet-operations/catalog.yaml');
    expect(catalog?.text).toMatch(/name: manual-activation\n[\s\S]*name: manual-activations\n/u);
  });
});
