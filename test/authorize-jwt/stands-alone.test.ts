import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { tokenReasons } from '../../src/authorize-jwt/authorize-jwt.ts';

const root = join(import.meta.dirname, '../..');
const room = join(root, 'src/authorize-jwt');
const page = readFileSync(join(root, 'docs/authorize.md'), 'utf8');

describe('the wrapper for consuming services', () => {
  it('imports jose and the function that it wraps, and nothing else', () => {
    const texts = readdirSync(room).map((name) => readFileSync(join(room, name), 'utf8'));
    const names = texts.flatMap((text) => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName));
    expect(names).toContain('jose');
    expect(names.filter((name) => !/^(jose|\.\/[a-z-]+\.ts|\.\.\/authorize\/[a-z-]+\.ts)$/u.test(name))).toEqual([]);
  });
});

describe('its section', () => {
  it('has every reason, once, in the order in which they are looked for', () => {
    const told = [...page.matchAll(/^- `([a-z-]+)`: /gmu)].map(([, reason]) => reason);
    expect(told).toEqual([...tokenReasons]);
  });
});
