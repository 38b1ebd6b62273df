import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderInRepository } from '../../src/cli/folder-in-repository.ts';
import { paintOf } from '../../src/cli/host.ts';
import { startProgress } from '../../src/cli/progress.ts';
import { coloured, plain } from '../../src/report/paint.ts';
import { repositoryOf } from './run-rolewright.ts';

describe('colours', () => {
  const terminal = { isTTY: true };

  it.each([
    [terminal, 'auto', {}, coloured],
    [{}, 'auto', {}, plain],
    [terminal, 'auto', { NO_COLOR: '1' }, plain],
    [terminal, 'auto', { TERM: 'dumb' }, plain],
    [{}, 'auto', { FORCE_COLOR: '1' }, coloured],
    [terminal, 'auto', { FORCE_COLOR: '0' }, plain],
    [terminal, 'never', { FORCE_COLOR: '1' }, plain],
    [{}, 'always', { NO_COLOR: '1' }, coloured],
  ] as const)('of %j with %s and %j', (stream, flag, env, paint) => {
    expect(paintOf(stream, flag, env)).toBe(paint);
  });
});

describe('progress on a terminal', () => {
  it('is one line that is cleared before anything else is written', () => {
    const written: string[] = [];
    const progress = startProgress({
      write: (text) => written.push(text),
      isTerminal: true,
      columns: 30,
      patience: 0,
    });
    progress.tell('Asking the tenant for all of its roles');
    progress.clear();
    progress.stop();
    expect(written).toHaveLength(2);
    expect(written[0]).toMatch(/^\S Asking the tenant/u);
    expect(written[0]?.length).toBeLessThan(30);
    expect(written[1]).toBe('\r\u001b[2K');
  });
});

describe('the folder within a git repository', () => {
  it('is the way from its root, so that services find the files', async () => {
    const root = repositoryOf([]);
    mkdirSync(join(root, '.git'));
    mkdirSync(join(root, 'access/roles'), { recursive: true });
    expect(await folderInRepository(root)).toBe('');
    expect(await folderInRepository(join(root, 'access/roles'))).toBe('access/roles/');
    expect(await folderInRepository(repositoryOf([]))).toBe('');
  });
});
