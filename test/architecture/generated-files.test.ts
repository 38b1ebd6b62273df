import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../tools/generated-files.ts';

const root = join(import.meta.dirname, '../..');

describe('files that are made from the code', () => {
  it.each(Object.entries(generatedFiles()))('%s is up to date (else: npm run generate)', (path, text) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });
});
