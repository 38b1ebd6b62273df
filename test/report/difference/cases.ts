import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { diffModels } from '../../../src/analysis/diff/diff-models.ts';
import { hasErrors } from '../../../src/language/diagnostic.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import { byCodePoint } from '../../../src/language/source.ts';
import type { Difference } from '../../../src/model/difference.ts';
import type { EffectiveModel } from '../../../src/model/effective-model.ts';
import { check } from '../../../src/pipeline.ts';
import { caseOptions, written } from '../../support/cases.ts';

/** Where the golden pull requests are: a folder each, with the repository before (`base/`) and after (`head/`). */
export const pullRequestFolder = resolve(import.meta.dirname, '../../cases/pull-requests');

/** Their names, sorted. */
export function pullRequests(): readonly string[] {
  return readdirSync(pullRequestFolder).sort(byCodePoint);
}

const known = new Map<string, Difference>();

/** What a golden pull request changes. */
export function differenceOf(name: string): Difference {
  const difference = known.get(name) ?? read(name);
  known.set(name, difference);
  return difference;
}

function read(name: string): Difference {
  const sides = ['base', 'head'].map((side) => filesBelow(join(pullRequestFolder, name, side)));
  const [base = [], head = []] = sides;
  return differenceOfFiles(base, head);
}

/** What differs between two repositories, both of which must be right. */
export function differenceOfFiles(base: readonly SourceFile[], head: readonly SourceFile[]): Difference {
  return diffModels(modelOf(base), modelOf(head), { base: 'main', head: 'the pull request' });
}

function modelOf(files: readonly SourceFile[]): EffectiveModel {
  const [model, diagnostics] = check(files, caseOptions);
  if (model === null || hasErrors(diagnostics)) throw new Error(written(diagnostics));
  return model;
}

function filesBelow(root: string): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .sort((a, b) => byCodePoint(a.path, b.path));
}
