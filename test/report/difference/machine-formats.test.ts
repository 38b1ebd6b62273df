import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import publishedSchema from '../../../schemas/difference-v1.schema.json' with { type: 'json' };
import type { Difference } from '../../../src/model/difference.ts';
import { differenceGithub } from '../../../src/report/difference/github.ts';
import { differenceJson } from '../../../src/report/difference/json.ts';
import { differenceSarif } from '../../../src/report/difference/sarif.ts';
import { differenceOf, pullRequests } from './cases.ts';

const isDifference = new Ajv({ allErrors: true, strict: true }).compile(publishedSchema);

describe('a difference as JSON', () => {
  it.for(pullRequests())('%s: is what the published schema says', (name) => {
    const difference = JSON.parse(differenceJson(differenceOf(name)));
    expect(isDifference(difference) ? [] : isDifference.errors).toEqual([]);
    expect(difference).toEqual(differenceOf(name));
  });

  it('is refused by the schema with a field more, a field less, or another word', () => {
    const difference = differenceOf('level-raised');
    const [subject] = difference.subjects;
    const { summary: _, ...without } = difference;
    const others: readonly unknown[] = [
      { ...difference, more: true },
      without,
      { ...difference, subjects: [{ ...subject, direction: 'sideways' }] },
      { ...difference, schemaVersion: 2 },
    ];
    for (const other of others) expect(isDifference(other)).toBe(false);
  });
});

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [{ readonly physicalLocation: Readonly<Record<string, unknown>> }];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

function runOf(difference: Difference) {
  return JSON.parse(differenceSarif(difference, { version: '1.2.3', folder: 'iam/' })).runs[0];
}

function resultsOf(name: string): readonly Result[] {
  return runOf(differenceOf(name)).results;
}

describe('a difference as SARIF', () => {
  it('warns of what is sensitive, at its line', () => {
    const [result, ...others] = resultsOf('parent-of-six-widened');
    expect(others).toEqual([]);
    expect(result).toMatchObject({ ruleId: 'sensitive-widening', level: 'warning' });
    expect(result?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'iam/roles/productiv/roles/basic-user.yaml' },
      region: { startLine: 9, startColumn: 7, endLine: 9, endColumn: 27 },
    });
    expect(result?.message.text.split('\n').slice(0, 2)).toEqual([
      'productiv: Basic User gains Edit on Spend Data SENSITIVE',
      'now sees: what an app costs',
    ]);
  });

  it('notes what widens, and nothing that narrows', () => {
    expect(resultsOf('permissions-swapped').map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['widening', 'note'],
    ]);
    expect(resultsOf('level-lowered')).toEqual([]);
    expect(resultsOf('role-renamed')).toEqual([]);
  });

  it('warns of rules first; of one that is gone, without a line', () => {
    expect(resultsOf('exception-added').map(({ ruleId }) => ruleId)).toEqual(['loosened-rule', 'sensitive-widening']);
    const run = runOf(differenceOf('constraint-removed'));
    expect(run.results).toEqual([]);
    expect(run.invocations[0]).toMatchObject({
      executionSuccessful: true,
      toolExecutionNotifications: [{ descriptor: { id: 'loosened-rule' }, level: 'warning' }],
    });
  });

  it('is in a category of its own, and keeps its fingerprints when lines are added above', () => {
    expect(runOf(differenceOf('level-raised')).automationDetails).toEqual({ id: 'rolewright/diff/iam/' });
    const lower = JSON.parse(JSON.stringify(differenceOf('level-raised')), (key, value) =>
      key === 'line' || key === 'endLine' ? (typeof value === 'number' ? value + 5 : value) : value,
    );
    const prints = (difference: Difference) =>
      runOf(difference).results.map(({ partialFingerprints }: Result) => partialFingerprints);
    const [moved] = runOf(lower).results;
    expect(moved.locations[0].physicalLocation.region.startLine).toBe(13);
    expect(prints(lower)).toEqual(prints(differenceOf('level-raised')));
  });
});

describe('a difference as annotations', () => {
  it('warns of what is sensitive before it notices what widens', () => {
    const lines = differenceGithub(differenceOf('several-roles-at-once'), 'iam/').trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['::warning', '::warning', '::notice']);
    expect(lines[1]).toBe(
      '::warning file=iam/roles/productiv/roles/planner.yaml,line=8,endLine=8,title=Somebody may do more (sensitive)::' +
        'productiv: Planner gains Edit on Contract Data (had View) SENSITIVE%0A' +
        'may now: change contract information%0A' +
        'grants: data/contract-data:edit at roles/productiv/roles/planner.yaml:8',
    );
  });

  it('points to no line where the head has none', () => {
    expect(differenceGithub(differenceOf('constraint-removed'), '')).toMatch(/^::warning title=[^:]*::[^\n]*\n$/u);
  });

  it.for(['comments-only', 'level-lowered', 'role-renamed'])('%s: says nothing', (name) => {
    expect(differenceGithub(differenceOf(name), '')).toBe('');
  });
});
