import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../src/language/diagnostic.ts';
import { framesOf } from '../../src/report/frame.ts';
import { github } from '../../src/report/github.ts';
import { json } from '../../src/report/json.ts';
import { junit } from '../../src/report/junit.ts';
import { sarif } from '../../src/report/sarif.ts';
import { parseXml } from './parse-xml.ts';
import { placeOf, roleFile, samples } from './sample-diagnostics.ts';

const all = Object.values(samples);
const frameOf = framesOf([roleFile]);

describe('json', () => {
  it('has a version, the counts, and each diagnostic with its frame', () => {
    const report = JSON.parse(json(all, frameOf));
    expect(report).toMatchObject({ schemaVersion: 1, error: null, summary: { errors: 3, warnings: 0, advice: 1 } });
    expect(report.diagnostics[0]).toEqual({
      code: 'RW2104',
      severity: 'error',
      message: 'unknown permission "data/contract-dta:view"',
      place: { file: roleFile.path, line: 8, column: 7, endLine: 8, endColumn: 29 },
      frame: ['8 |     - data/contract-dta:view', '  |       ^^^^^^^^^^^^^^^^^^^^^^'],
      expected: null,
      suggestion: 'data/contract-data:view',
      related: [],
      help: 'it is defined at roles/productiv/catalog.yaml:11:17',
    });
    expect(report.diagnostics[2]).toMatchObject({ code: 'RW6001', place: null, frame: null });
  });
});

describe('sarif', () => {
  const options = { version: '1.2.3', folder: 'tools/roles of ours/' };
  const log = JSON.parse(sarif(all, frameOf, options));
  const [run] = log.runs;

  it('is a log of version 2.1.0 whose results all point to a rule and into a file', () => {
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
    expect(run.tool.driver).toMatchObject({ name: 'rolewright', version: '1.2.3' });
    expect(run.results).toHaveLength(3);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.message.text).not.toBe('');
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.locations).toHaveLength(1);
      expect(result.partialFingerprints['rolewright/v1']).toMatch(/^[0-9a-f]{32}:1$/u);
    }
  });

  it('gives places as relative URIs from the root of the repository', () => {
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'tools/roles%20of%20ours/roles/productiv/roles/limited-user.yaml' },
      region: { startLine: 8, startColumn: 7, endLine: 8, endColumn: 29 },
    });
    expect(run.results[1].relatedLocations[0]).toMatchObject({ id: 0, message: { text: 'first granted here' } });
  });

  it('tells of what no file has as a notification of a run that failed', () => {
    const [invocation] = run.invocations;
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications).toMatchObject([{ descriptor: { id: 'RW6001' }, level: 'error' }]);
  });

  it('keeps its fingerprints when lines are added above, and tells equal findings apart', () => {
    const lower = { path: roleFile.path, text: `\n\n${roleFile.text}` };
    const moved = { ...samples.misspelt, place: placeOf(roleFile.path, 10, 7, 22) };
    const prints = (text: string) =>
      JSON.parse(text).runs[0].results.map((result: { partialFingerprints: object }) => result.partialFingerprints);
    expect(prints(sarif([moved], framesOf([lower]), options))).toEqual(
      prints(sarif([samples.misspelt], frameOf, options)),
    );
    const [first, second] = prints(sarif([samples.misspelt, samples.misspelt], frameOf, options));
    expect(first).not.toEqual(second);
  });
});

describe('junit', () => {
  const clean = { path: 'roles/clean.yaml', text: '' };

  it('is XML with a case for each problem and a passing one for each clean file', () => {
    const { cases, suite } = parseXml(junit(all, [roleFile, clean], false));
    expect(suite).toMatchObject({ tests: '5', failures: '3' });
    expect(cases.map(({ name, failed }) => [name, failed])).toEqual([
      ['8:7 RW2104 unknown permission "data/contract-dta:view"', true],
      ['10:7 RW3105 "data/contract-data" is granted twice', true],
      ['RW6001 the Pulumi engine was not found (no `pulumi` on PATH)', true],
      ['1:26 RW1013 the lines end with CR LF', false],
      ['no problems', false],
    ]);
  });

  it('fails advice too when strict', () => {
    expect(parseXml(junit(all, [], true)).suite.failures).toBe('4');
  });

  it('stays XML whatever the text holds', () => {
    const item = diagnostic('RW2110', null, { name: '<a href="x">&amp;\u0000\ud800</a>]]>' });
    expect(parseXml(junit([item], [], false)).cases[0]?.name).toBe(
      'RW2110 unknown application "<a href="x">&amp;\ufffd\ufffd</a>]]>"',
    );
  });
});

describe('github', () => {
  it('annotates the lines, errors first', () => {
    const lines = github([samples.lineEnds, samples.misspelt], 'tools/').split('\n');
    expect(lines[0]).toBe(
      '::error file=tools/roles/productiv/roles/limited-user.yaml,line=8,endLine=8,col=7,endColumn=28,title=RW2104::' +
        'unknown permission "data/contract-dta:view"%0Adid you mean "data/contract-data:view"?%0A' +
        'it is defined at roles/productiv/catalog.yaml:11:17',
    );
    expect(lines[1]).toMatch(/^::notice file=.*title=RW1013::/u);
  });

  it('lets no text begin a command of its own', () => {
    const item = diagnostic('RW2110', placeOf('a,b:c%.yaml', 1, 1, 1), { name: '\n::set-env name=PATH::/tmp\r%0A' });
    const text = github([item], '');
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toContain('file=a%2Cb%3Ac%25.yaml,');
    expect(text).toContain('"%0A::set-env name=PATH::/tmp%0D%250A"');
  });
});
