import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { driftMarkdown } from '../../../src/report/drift/markdown.ts';
import { driftText } from '../../../src/report/drift/text.ts';
import { plain } from '../../../src/report/paint.ts';
import { driftDesired } from './declared.ts';
import { driftOf, tenantFolder, tenants } from './tenants.ts';

/**
 * Each folder is what somebody did to a tenant that was as declared (`by-hand.yaml`; the declarations are those of declared.ts), and
 * what is to be told of it. A text is changed by hand, or written with `REVIEWED=<name>` after it has been read word for word.
 */
const desired = driftDesired();
const formats = {
  'expected.txt': (name: string) => driftText(driftOf(name), desired, plain),
  'expected.md': (name: string) => driftMarkdown(driftOf(name), desired, 64_000),
};

describe('what somebody did at the tenant', () => {
  it.for(tenants)('%s', (name) => {
    const expected = readdirSync(join(tenantFolder, name)).filter((file) => file.startsWith('expected'));
    expect(expected).toContain('expected.txt');
    for (const file of expected) {
      const text = formats[file as keyof typeof formats](name);
      if (process.env.REVIEWED === name) writeFileSync(join(tenantFolder, name, file), text);
      expect(text, file).toBe(readFileSync(join(tenantFolder, name, file), 'utf8'));
    }
  });
});
