import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { classifyEngineFailure, classifyTenantFailure, locksIn } from '../../src/reconcile/classify.ts';
import { auth0 } from '../../src/targets/auth0/target.ts';

const circumstances = { stack: 'dev', domain: 'acme.eu.auth0.com', backend: 'file:///state', advice: auth0.advice };

/** Recorded from provider 1.0.0 behind the bridge 3.100, and from our own client. */
const tenantTexts: readonly (readonly [text: string, code: string, exitCode: number, reason: string])[] = [
  [
    '  sdk-v2/provider2.go:515: sdk.helper_schema: 403 Forbidden: Insufficient scope, expected any of: create:roles: provider=auth0@3.49.0',
    'RW6304',
    3,
    '403 Forbidden: Insufficient scope, expected any of: create:roles',
  ],
  [
    '1 error occurred:\n\t* 409 Conflict: The role already exists.\n\n',
    'RW6307',
    4,
    '409 Conflict: The role already exists.',
  ],
  [
    'expected non-nil error with nil state during Create of urn:pulumi:dev::rolewright::auth0:index/role:Role::shop.user',
    'RW6306',
    4,
    'it does not show yet what it has just made',
  ],
  ['1 error occurred:\n\t* 400 Bad Request: scope in use: old:e\n\n', 'RW6307', 4, 'scope in use: old:e'],
  ['1 error occurred:\n\t* 401 Unauthorized: Invalid token.\n\n', 'RW6303', 3, 'Invalid token.'],
  ['1 error occurred:\n\t* 503 Service Unavailable: down\n\n', 'RW6306', 4, '503 Service Unavailable: down'],
  [
    '1 error occurred:\n\t* 502 Bad Gateway: failed to decode json error response payload: EOF\n\n',
    'RW6306',
    4,
    '502 Bad Gateway',
  ],
  [
    '1 error occurred:\n\t* failed to send the request: Post "https://127.0.0.1:9/api/v2/roles": dial tcp 127.0.0.1:9: connect: connection refused\n\n',
    'RW6301',
    4,
    'connection refused',
  ],
  [
    'failed to send the request: Get "https://x.invalid": dial tcp: lookup x.invalid: no such host',
    'RW6301',
    4,
    'no such host',
  ],
  [
    'failed to send the request: Get "https://x": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'RW6302',
    4,
    'unknown authority',
  ],
  ['oauth2: "access_denied" "Unauthorized"', 'RW6303', 3, 'access_denied'],
  ['oauth2: cannot fetch token: 429 Too Many Requests', 'RW6305', 4, 'limits the rate'],
  ['failed to send the request: Post "https://x": EOF', 'RW6306', 4, 'EOF'],
  ['GET 127.0.0.1:9: connect ECONNREFUSED 127.0.0.1:9', 'RW6301', 4, 'ECONNREFUSED'],
  ['GET x.invalid: getaddrinfo ENOTFOUND x.invalid', 'RW6301', 4, 'ENOTFOUND'],
  ['GET 127.0.0.1:1: self-signed certificate', 'RW6302', 4, 'self-signed certificate'],
  ['429 Too Many Requests: Global limit has been reached', 'RW6305', 4, 'limits the rate'],
];

describe('what the tenant answers', () => {
  test.each(tenantTexts)('%s', (text, code, exitCode, reason) => {
    const problem = classifyTenantFailure({ text, doing: 'create role shop.user' }, circumstances);
    expect(problem).toMatchObject({ code, message: expect.stringContaining(reason) });
    expect(problem?.message).not.toContain('\n');
    expect(problem?.help).toBeTruthy();
    expect(exitCodeOf(problem === null ? [] : [problem], false)).toBe(exitCode);
  });

  test('a realm that is not there is no change by hand', () => {
    const text = '404 Realm not found.';
    const problem = classifyTenantFailure({ text, doing: 'read roles and APIs' }, circumstances);
    expect(problem).toMatchObject({ code: 'RW6307', help: expect.stringContaining('make the realm') });
  });

  test('a text that says nothing of the tenant is left to others', () => {
    expect(classifyTenantFailure({ text: 'update failed', doing: 'x' }, circumstances)).toBeNull();
  });
});

/** Recorded from engine 3.200.0 with a file backend. */
const engineTexts: readonly (readonly [text: string, code: string, exitCode: number, reason: string])[] = [
  ["error: no stack named 'dev' found\n", 'RW6204', 6, 'there is no stack dev'],
  [
    'error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n  file:///state/.pulumi/locks/organization/p/dev/a2b2.json: created by root@vm (pid 4711) at 2026-11-21T12:00:00Z\n',
    'RW6202',
    4,
    'locked by root@vm (process 4711) since 2026-11-21T12:00:00Z',
  ],
  ['error: get stack secrets manager: incorrect passphrase\n', 'RW6201', 2, 'the passphrase of stack dev is wrong'],
  [
    'error: get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables\n',
    'RW6201',
    2,
    'the passphrase of stack dev is missing',
  ],
  [
    'error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions\n',
    'RW6205',
    3,
    'Pulumi is not logged in to a backend',
  ],
  [
    'error: no Pulumi.yaml project file found (searching upwards from /tmp).\n',
    'RW6206',
    2,
    'no Pulumi.yaml project file',
  ],
  [
    'error: unable to check if bucket file:///nowhere is accessible: blob (code=NotFound): stat /nowhere: no such file or directory\n',
    'RW6203',
    4,
    'file:///state cannot be read',
  ],
  ['ended by SIGKILL\n', 'RW6502', 4, 'the Pulumi engine failed: ended by SIGKILL'],
  ['error: something new\n', 'RW6502', 4, 'something new'],
];

describe('what the engine says', () => {
  test.each(engineTexts)('%s', (text, code, exitCode, reason) => {
    const problem = classifyEngineFailure(text, circumstances);
    expect(problem).toMatchObject({ code, message: expect.stringContaining(reason) });
    expect(problem.message).not.toContain('\n');
    expect(problem.help).toBeTruthy();
    expect(exitCodeOf([problem], false)).toBe(exitCode);
  });

  test('locks are read with their owners', () => {
    expect(locksIn(engineTexts[1]?.[0] ?? '')).toEqual([
      {
        file: '/state/.pulumi/locks/organization/p/dev/a2b2.json',
        user: 'root',
        host: 'vm',
        pid: 4711,
        since: '2026-11-21T12:00:00Z',
      },
    ]);
    const folder = 'file:///my%20state/.pulumi/locks/organization/p/dev/a2b2.json?no_tmp_dir=true';
    expect(locksIn(`  ${folder}: created by dana@vm (pid 1) at now`)).toMatchObject([
      { file: '/my state/.pulumi/locks/organization/p/dev/a2b2.json', user: 'dana' },
    ]);
    expect(locksIn('  s3://bucket/.pulumi/locks/a.json: created by dana@vm (pid 1) at now')).toMatchObject([
      { file: null, host: 'vm', pid: 1 },
    ]);
  });

  test('the advice calls the engine as it is called on this machine', () => {
    const problem = classifyEngineFailure(engineTexts[1]?.[0] ?? '', { ...circumstances, command: '/home/bin/pulumi' });
    expect(problem.help).toContain('`/home/bin/pulumi cancel --stack dev`');
  });
});
