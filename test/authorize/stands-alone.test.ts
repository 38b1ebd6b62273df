import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { reasons } from '../../src/authorize/authorize.ts';
import { authorizerOf, routes } from './example-service.ts';
import { claimsOf, modelOf, policyOf, sampleFiles } from './sample.ts';

const room = join(import.meta.dirname, '../../src/authorize');
const files = readdirSync(room).map((name) => join(room, name));
const page = readFileSync(join(import.meta.dirname, '../../docs/authorize.md'), 'utf8');

describe('the function for consuming services', () => {
  it('imports nothing but its own files', () => {
    const imports = files.flatMap((file) => ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles);
    const names = imports.map(({ fileName }) => fileName);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !/^\.\/[a-z-]+\.ts$/u.test(name))).toEqual([]);
  });

  it('needs nothing of Node or of a browser, and so runs in both', () => {
    const program = ts.createProgram(files, {
      noEmit: true,
      strict: true,
      types: [],
      lib: ['lib.es2024.d.ts'],
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.NodeNext,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
    });
    const problems = files.flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(file)));
    expect(problems.map(({ messageText }) => messageText)).toEqual([]);
  });
});

describe('its page', () => {
  it('has every reason, once, in the order in which they are looked for', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gmu)].map(([, reason]) => reason);
    expect(rows).toEqual([...reasons]);
  });

  it('shows the example that is compiled and run here', () => {
    const example = readFileSync(join(import.meta.dirname, 'example-service.ts'), 'utf8');
    const shown = example.replaceAll('../../src/authorize/authorize.ts', 'rolewright/authorize');
    expect(page).toContain(`\`\`\`ts\n${shown}\`\`\`\n`);
  });
});

describe('the example', () => {
  it('lets a request through, or answers 403 with the reason', () => {
    const policy = policyOf(modelOf(sampleFiles), 'production', 'shop');
    const folder = mkdtempSync(join(tmpdir(), 'rolewright-policy-'));
    writeFileSync(join(folder, 'shop.policy.json'), JSON.stringify(policy));
    const served = routes(authorizerOf(join(folder, 'shop.policy.json')));
    rmSync(folder, { recursive: true });
    const permissions = ['edit:spend-data', 'restriction:figma-watchers', 'app:figma'];
    const payload = { ...claimsOf(policy, permissions), exp: Date.now() / 1000 + 60 };
    const call = (route: keyof typeof served, params: Record<string, string>, auth?: { payload: unknown }) => {
      const answer: unknown[] = [];
      const response = {
        status: (code: number) => {
          answer.push(code);
          return response;
        },
        json: (body: unknown) => answer.push(body),
      };
      served[route]({ params, ...(auth === undefined ? {} : { auth }) }, response, () => answer.push('next'));
      return answer;
    };
    expect(call('PUT /apps/:app/spend', { app: 'figma' }, { payload })).toEqual(['next']);
    expect(call('PUT /apps/:app/spend', { app: 'slack' }, { payload })).toMatchObject([
      403,
      { reason: 'app-not-held' },
    ]);
    expect(call('GET /spend', {}, { payload })).toMatchObject([403, { reason: 'restricted-to-apps' }]);
    expect(call('GET /spend', {})).toMatchObject([403, { reason: 'malformed-claims' }]);
  });
});
