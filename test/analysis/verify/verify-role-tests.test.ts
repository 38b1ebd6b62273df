import { describe, expect, it } from 'vitest';
import { verifyRoleTests } from '../../../src/analysis/verify/verify-role-tests.ts';
import { assignment, catalogs, customRole, list, modelOf, problemsOf, role, told } from '../constraints/sketch.ts';
import { roleTests } from './role-tests.ts';

const roles = [
  role('reader', { grants: ['data/contract:view'], more: ['restrictable: true'] }),
  role('editor', { inherits: ['reader'], grants: ['data/contract:edit', 'money/pay'], more: ['restrictable: true'] }),
  role('owner', { inherits: ['editor'], grants: ['data/spend:edit'] }),
  customRole('talkers', 'editor', ['slack', 'zoom']),
  assignment('zoomers', 'editor', ['auth0|1'], { more: list('apps', ['zoom']) }),
  assignment('owners', 'owner', ['auth0|2']),
];
const verified = (...blocks: readonly (readonly string[])[]) => {
  const files = [...roles, roleTests(...blocks)];
  const verification = verifyRoleTests(modelOf(files));
  return { ...verification, told: told(verification.diagnostics, [...catalogs, ...files]) };
};

describe('can and cannot', () => {
  it('pass as titles say, a level meaning at least', () => {
    const { results, diagnostics } = verified(
      ['role: editor', ...list('can', ['data/contract:peek', 'data/contract:edit', 'money/pay'])],
      ['role: reader', ...list('can', ['data/contract:peek']), ...list('cannot', ['data/contract:edit', 'money/pay'])],
    );
    expect(diagnostics).toEqual([]);
    expect(results.map(({ title, passed }) => [title, passed])).toEqual([
      ['editor can data/contract:peek', true],
      ['editor can data/contract:edit', true],
      ['editor can money/pay', true],
      ['reader can data/contract:peek', true],
      ['reader cannot data/contract:edit', true],
      ['reader cannot money/pay', true],
    ]);
  });

  it('fail at the reference, as plain data', () => {
    const { results, diagnostics } = verified(['role: reader', ...list('can', ['money/pay'])]);
    expect(results).toHaveLength(1);
    expect(results[0]).toEqual({
      application: 'shop',
      test: 'basics',
      subject: { kind: 'role', name: 'reader' },
      app: null,
      expects: 'can',
      permission: 'money/pay',
      title: 'reader can money/pay',
      passed: false,
      place: { file: 'basics.yaml', line: 10, column: 11, endLine: 10, endColumn: 20 },
      diagnostics,
    });
    expect(JSON.parse(JSON.stringify(results))).toEqual(results);
  });

  it('say which roles would give what is missing, those that may do least first', () => {
    const { told: lines, diagnostics } = verified(['role: reader', ...list('can', ['money/pay', 'money/sign'])]);
    expect(lines).toEqual([
      'RW5401 basics.yaml "money/pay": reader cannot "money/pay"',
      'RW5401 basics.yaml "money/sign": reader cannot "money/sign"',
    ]);
    expect(diagnostics.map(({ help }) => help)).toEqual(['given by talkers, editor, owner', 'no role gives it']);
  });

  it('count permissions and levels to tell who may do least', () => {
    const wide = role('all-of-it', { grants: ['data/contract:peek', 'money/pay', 'money/sign'] });
    const high = role('high', { grants: ['data/contract:edit', 'money/pay'] });
    const least = role('least', { grants: ['data/contract:peek', 'money/pay'] });
    const asked = role('asked', {});
    const files = [wide, high, least, asked, roleTests(['role: asked', ...list('can', ['money/pay'])])];
    const { diagnostics } = verifyRoleTests(modelOf(files));
    expect(diagnostics[0]?.help).toBe('given by least, all-of-it, high');
  });

  it('say what is held instead of a higher level', () => {
    const { diagnostics } = verified(['role: reader', ...list('can', ['data/contract:edit'])]);
    expect(diagnostics.map(({ help, related }) => [help, related.map(({ message }) => message)])).toEqual([
      ['it holds no more than "data/contract:view"; given by editor, owner', ['reader grants data/contract:view']],
    ]);
  });

  it('show the chain of what should not be held', () => {
    const { told: lines, diagnostics } = verified(['role: owner', ...list('cannot', ['data/contract:view'])]);
    expect(lines).toEqual(['RW5402 basics.yaml "data/contract:view": owner can "data/contract:view"']);
    expect(diagnostics[0]?.related.map(({ message, place }) => `${place.file} ${message}`)).toEqual([
      'owner.yaml owner inherits editor',
      'editor.yaml editor grants data/contract:edit',
    ]);
  });
});

describe('apps', () => {
  it('narrow a custom role and a narrowing assignment', () => {
    const { diagnostics } = verified(
      ['role: talkers', 'app: slack', ...list('can', ['data/contract:edit'])],
      ['role: talkers', 'app: asana', ...list('can', ['money/pay']), ...list('cannot', ['data/contract:peek'])],
      ['assignment: zoomers', 'app: zoom', ...list('can', ['data/contract:edit'])],
      ['assignment: zoomers', 'app: slack', ...list('cannot', ['data/contract:peek'])],
    );
    expect(diagnostics).toEqual([]);
  });

  it('say nothing of a role that is for all, nor of who is assigned one', () => {
    const { diagnostics } = verified(
      ['role: owner', 'app: asana', ...list('can', ['data/spend:edit'])],
      ['role: owner', ...list('can', ['data/spend:edit'])],
      ['assignment: owners', ...list('can', ['data/spend:edit'])],
      ['role: talkers', ...list('can', ['money/pay'])],
    );
    expect(diagnostics).toEqual([]);
  });

  it('are required where both are restricted, held or not', () => {
    const { told: lines } = verified(
      ['role: talkers', ...list('can', ['data/contract:view']), ...list('cannot', ['data/spend:edit'])],
      ['assignment: zoomers', ...list('cannot', ['data/contract:view'])],
    );
    expect(lines).toEqual([
      'RW5405 basics.yaml "data/contract:view": nothing says for which app talkers is asked "data/contract:view"',
      'RW5405 basics.yaml "data/spend:edit": nothing says for which app talkers is asked "data/spend:edit"',
      'RW5405 basics.yaml "data/contract:view": nothing says for which app zoomers is asked "data/contract:view"',
    ]);
  });

  it('are told where they are others', () => {
    const { told: lines, diagnostics } = verified([
      'role: talkers',
      'app: asana',
      ...list('can', ['data/contract:view']),
    ]);
    expect(lines).toEqual(['RW5401 basics.yaml "data/contract:view": talkers cannot "data/contract:view" on asana']);
    expect(diagnostics[0]?.help).toBe('talkers is narrowed to other apps; given by reader, editor, owner');
    expect(diagnostics[0]?.related.map(({ message }) => message)).toEqual(['narrowed to slack', 'narrowed to zoom']);
  });
});

describe('exact', () => {
  it('passes for the whole set, each at its highest level', () => {
    const { results } = verified(
      ['role: editor', ...list('exact', ['data/contract:edit', 'money/pay'])],
      ['role: talkers', 'app: zoom', ...list('exact', ['data/contract:edit', 'money/pay'])],
      ['role: talkers', 'app: asana', ...list('exact', ['money/pay'])],
      ['assignment: owners', ...list('exact', ['data/contract:edit', 'data/spend:edit', 'money/pay'])],
    );
    expect(results.map(({ title, passed }) => [title, passed])).toEqual([
      ['editor holds exactly its set', true],
      ['talkers holds exactly its set on zoom', true],
      ['talkers holds exactly its set on asana', true],
      ['owners holds exactly its set', true],
    ]);
  });

  it('tells an extra at its key, and a higher level at its line, with the chain', () => {
    const { told: lines, diagnostics } = verified(['role: editor', ...list('exact', ['data/contract:view'])]);
    expect(lines).toEqual([
      'RW5403 basics.yaml "exact": editor holds "money/pay", which is not in its exact set',
      'RW5403 basics.yaml "data/contract:view": editor holds "data/contract:edit", which is not in its exact set',
    ]);
    expect(diagnostics.map(({ related }) => related[0]?.message)).toEqual([
      'editor grants money/pay',
      'editor grants data/contract:edit',
    ]);
    expect(diagnostics[1]?.help).toBe('the set has "data/contract:view"');
  });

  it('tells what is lacking, or held at a lower level, at its line', () => {
    const {
      told: lines,
      diagnostics,
      results,
    } = verified(['role: reader', ...list('exact', ['data/contract:edit', 'money/pay'])]);
    expect(lines).toEqual([
      'RW5404 basics.yaml "data/contract:edit": reader lacks "data/contract:edit" of its exact set',
      'RW5404 basics.yaml "money/pay": reader lacks "money/pay" of its exact set',
    ]);
    expect(diagnostics[0]?.help).toBe('it holds no more than "data/contract:view"; given by editor, owner');
    expect(diagnostics[1]?.help).toBe('given by talkers, editor, owner');
    expect(results).toMatchObject([{ expects: 'exact', permission: null, passed: false, diagnostics }]);
  });

  it('says that a set on another app is lacking because of the app', () => {
    const { diagnostics } = verified([
      'role: talkers',
      'app: asana',
      ...list('exact', ['data/contract:edit', 'money/pay']),
    ]);
    expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
      ['RW5404', 'talkers is narrowed to other apps; given by editor, owner'],
    ]);
  });

  it('asks for the app of a narrowed subject', () => {
    expect(verified(['role: talkers', ...list('exact', ['data/contract:edit', 'money/pay'])]).told).toEqual([
      'RW5405 basics.yaml "exact": nothing says for which app talkers is asked "data/contract"',
    ]);
  });

  it('may be empty, and then tells all', () => {
    const files = [role('nobody', {}), role('someone', { grants: ['money/pay'] })];
    const blocks = [
      ['role: nobody', 'exact: []'],
      ['role: someone', 'exact: []'],
    ];
    const { results } = verifyRoleTests(modelOf([...files, roleTests(...blocks)]));
    expect(results.map(({ passed }) => passed)).toEqual([true, false]);
  });
});

describe('a test that proves nothing', () => {
  it.each([
    ['misspells a role', ['role: ownr', ...list('can', ['money/pay'])], 'RW2109 basics.yaml "ownr"'],
    ['misspells a permission', ['role: owner', ...list('cannot', ['money/pya'])], 'RW2104 basics.yaml "money/pya"'],
    ['misspells an app', ['role: owner', 'app: zom', ...list('can', ['money/pay'])], 'RW2112 basics.yaml "zom"'],
    ['leaves out a level', ['role: owner', ...list('cannot', ['data/spend'])], 'RW2105 basics.yaml "data/spend"'],
    ['asks nobody', list('can', ['money/pay']), 'RW5406 basics.yaml "can"'],
    [
      'asks two',
      ['role: owner', 'assignment: owners', ...list('can', ['money/pay'])],
      'RW5406 basics.yaml "assignment"',
    ],
    ['expects nothing', ['role: owner'], 'RW5407 basics.yaml "owner"'],
    ['asks an assignment as a role', ['role: owners', ...list('can', ['money/pay'])], 'RW5108 basics.yaml "owners"'],
    [
      'has two levels',
      ['role: owner', ...list('exact', ['data/spend:edit', 'data/spend:view'])],
      'RW2120 basics.yaml "data/spend:view"',
    ],
  ])('is an error at its token: it %s', (_, lines, start) => {
    const found = problemsOf([...roles, roleTests(lines)]);
    expect(found.map((line) => line.slice(0, start.length))).toEqual([start]);
  });
});
