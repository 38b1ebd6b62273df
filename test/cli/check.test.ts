import { describe, expect, it } from 'vitest';
import { parseXml } from '../report/parse-xml.ts';
import { changedDocuments, repositoryOf, runRolewright } from './run-rolewright.ts';

const editor = 'roles/desk/roles/editor.yaml';
const good = repositoryOf();
const bad = repositoryOf(changedDocuments(editor, (text) => text.replace('data/spend-data', 'data/spend-dat')));
const oddLineEnds = repositoryOf(changedDocuments(editor, (text) => text.replaceAll('\n', '\r\n')));

describe('rolewright check', () => {
  it('is silent on stdout and counts on stderr when all is well', async () => {
    expect(await runRolewright(['check'], { cwd: good })).toEqual({
      code: 0,
      stdout: '',
      stderr: '1 application, 2 roles, 1 custom role: no problems\n',
    });
  });

  it('prints findings as data and ends with 1', async () => {
    const { code, stdout, stderr } = await runRolewright(['check'], { cwd: bad });
    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        'roles/desk/roles/editor.yaml:13:7  error RW2104  unknown permission "data/spend-dat"',
        '   13 |     - data/spend-dat',
        '      |       ^^^^^^^^^^^^^^',
        '   did you mean "data/spend-data"?  It is defined at roles/desk/catalog.yaml:23:17.',
        '',
      ].join('\n'),
    );
    expect(stderr).toBe('7 files: 1 error\n');
  });

  it('takes the folder from -C, before and after the verb', async () => {
    for (const args of [
      ['-C', bad, 'check'],
      ['check', '--cwd', bad],
    ]) {
      expect((await runRolewright(args)).stdout).toContain('roles/desk/roles/editor.yaml:13:7');
    }
  });

  it('ends with 0 for advice alone, and with 1 when strict', async () => {
    expect(await runRolewright(['check'], { cwd: oddLineEnds })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('advice RW1013'),
      stderr: '1 application, 2 roles, 1 custom role: 1 piece of advice\n',
    });
    expect(await runRolewright(['check', '--strict'], { cwd: oddLineEnds })).toMatchObject({ code: 1 });
  });

  it('keeps errors only, and no summary, when quiet', async () => {
    expect(await runRolewright(['check', '-q'], { cwd: oddLineEnds })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await runRolewright(['check', '-q'], { cwd: bad })).stdout).toContain('RW2104');
  });

  it('says what to do where there are no documents', async () => {
    const { code, stdout } = await runRolewright(['check'], { cwd: repositoryOf([]) });
    expect(code).toBe(2);
    expect(stdout).toContain('RW1020');
    expect(stdout).toContain('--cwd');
  });

  it('prints each format and nothing else on stdout, with findings and without', async () => {
    const readers: Record<string, (text: string) => void> = {
      json: (text) => expect(JSON.parse(text).schemaVersion).toBe(1),
      sarif: (text) => expect(JSON.parse(text).version).toBe('2.1.0'),
      junit: (text) => expect(parseXml(text).cases).toHaveLength(7),
      github: (text) => expect(text).toMatch(/^(::error file=.*\n)?$/u),
    };
    const runs = Object.keys(readers).flatMap((format) => [
      { format, cwd: good, code: 0 },
      { format, cwd: bad, code: 1 },
    ]);
    await Promise.all(
      runs.map(async ({ format, cwd, code }) => {
        const run = await runRolewright(['check', '--format', format], { cwd });
        expect(run.code).toBe(code);
        readers[format]?.(run.stdout);
      }),
    );
  });

  it('colours only for a terminal, or when told to', async () => {
    const stdoutOf = async (args: readonly string[], env: Record<string, string> = {}) =>
      (await runRolewright(['check', ...args], { cwd: bad, env })).stdout;
    expect(await stdoutOf([])).not.toContain('\u001b');
    expect(await stdoutOf([], { FORCE_COLOR: '1' })).toContain('\u001b[31m');
    expect(await stdoutOf(['--color', 'never'], { FORCE_COLOR: '1' })).not.toContain('\u001b');
    expect(await stdoutOf(['--color', 'always'], { NO_COLOR: '1' })).toContain('\u001b[31m');
  });
});
