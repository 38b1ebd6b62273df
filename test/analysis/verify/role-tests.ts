import type { SourceFile } from '../../../src/language/source.ts';
import { document } from '../constraints/sketch.ts';

/** A RoleTest of the shop called "basics", with one test for each block of lines. */
export function roleTests(...blocks: readonly (readonly string[])[]): SourceFile {
  const entries = blocks.flatMap(([first = '', ...others]) => [`  - ${first}`, ...others.map((line) => `    ${line}`)]);
  return document('RoleTest', 'basics', 'shop', ['tests:', ...entries]);
}
