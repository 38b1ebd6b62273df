import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

describe('package-lock.json', () => {
  it('names no registry: packages come from wherever the client is set up to get them', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
    expect(lock.match(/"resolved"/gu) ?? []).toEqual([]);
    expect(lock.match(/https?:\/\/[^"]*\.tgz/gu) ?? []).toEqual([]);
  });

  it('pins every package that package.json names to one version', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter((version) => !/^\d/u.test(version))).toEqual([]);
  });
});
