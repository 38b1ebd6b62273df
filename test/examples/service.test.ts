import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProductivTenant } from '../authorize-jwt/tenant-of-test.ts';
import { productivTenant } from '../authorize-jwt/tenant-of-test.ts';

const root = join(import.meta.dirname, '../..');
const example = join(root, 'examples/service/server.ts');
const entry = join(root, 'src/authorize-jwt/authorize-jwt.ts');

/**
 * Runs the example as its README says, in a folder of its own, where `rolewright/authorize-jwt` is the source beside this
 * test. Returns where it listens.
 */
async function serve(tenant: ProductivTenant): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-service-'));
  const installed = join(folder, 'node_modules/rolewright');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(installed, 'package.json'),
    '{ "type": "module", "exports": { "./authorize-jwt": "./entry.js" } }',
  );
  writeFileSync(join(installed, 'entry.js'), `export * from ${JSON.stringify(pathToFileURL(entry).href)};\n`);
  copyFileSync(example, join(folder, 'server.ts'));
  writeFileSync(join(folder, 'productiv.policy.json'), JSON.stringify(tenant.policy));
  const child = spawn(process.execPath, ['server.ts', 'productiv.policy.json', '0'], {
    cwd: folder,
    env: { NODE_EXTRA_CA_CERTS: tenant.certificateFile },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    await ended(child);
    rmSync(folder, { recursive: true });
  });
  for await (const line of createInterface(child.stdout)) {
    return line.replace('listening on ', '');
  }
  throw new Error('the example ended');
}

function ended(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  child.kill();
  return promise;
}

async function call(address: string, method: string, path: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${address}${path}`, { method, headers });
  return { status: response.status, body: (await response.json()) as unknown, headers: response.headers };
}

describe('the example service', () => {
  it('lets through who may, and tells the others why not and what they lose', async () => {
    const tenant = await productivTenant();
    const address = await serve(tenant);
    const owner = await tenant.tokenFor({ roles: ['collaboration-owners'] });
    expect(await call(address, 'PUT', '/apps/slack/spend', owner)).toMatchObject({
      status: 200,
      body: { changed: true },
    });
    expect(await call(address, 'PUT', '/apps/figma/spend', owner)).toMatchObject({
      status: 403,
      body: {
        reason: 'app-not-held',
        message: expect.stringContaining('Figma'),
        whenDenied: { refused: expect.any(Array) },
      },
    });
    expect(await call(address, 'GET', '/spend', owner)).toMatchObject({
      status: 403,
      body: { reason: 'restricted-to-apps' },
    });
    const limited = await tenant.tokenFor({ roles: ['limited-user'] });
    expect(await call(address, 'GET', '/apps/slack/spend', limited)).toMatchObject({
      status: 403,
      body: { reason: 'not-held' },
    });
    const admin = await tenant.tokenFor({ roles: ['super-admin'] });
    expect(await call(address, 'GET', '/spend', admin)).toMatchObject({ status: 200 });
    expect(await call(address, 'GET', '/nothing', admin)).toMatchObject({ status: 404 });
  });

  it('asks for another token where one does not verify, and believes none without keys', async () => {
    const tenant = await productivTenant();
    const address = await serve(tenant);
    const genuine = await tenant.tokenFor({ roles: ['super-admin'] });
    const refused = await call(address, 'GET', '/spend', `${genuine.slice(0, -8)}AAAAAAAA`);
    expect(refused).toMatchObject({ status: 401, body: { reason: 'wrong-signature' } });
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(await call(address, 'GET', '/spend')).toMatchObject({ status: 401, body: { reason: 'missing-token' } });
    const another = await serve(tenant);
    await tenant.stop();
    expect(await call(another, 'GET', '/spend', genuine)).toMatchObject({
      status: 503,
      body: { reason: 'keys-unavailable' },
    });
  });

  it('compiles against the package, and is as long as its page says', () => {
    const program = ts.createProgram([example], {
      ...{ noEmit: true, strict: true, noUncheckedIndexedAccess: true, types: ['node'], lib: ['lib.es2024.d.ts'] },
      ...{ target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.NodeNext, allowImportingTsExtensions: true },
      ...{ erasableSyntaxOnly: true, verbatimModuleSyntax: true, skipLibCheck: true },
      paths: { 'rolewright/authorize-jwt': [entry] },
    });
    const problems = program.getSemanticDiagnostics(program.getSourceFile(example));
    expect(problems.map(({ messageText }) => messageText)).toEqual([]);
    expect(readFileSync(example, 'utf8').split('\n').length).toBeLessThan(80);
  });
});
