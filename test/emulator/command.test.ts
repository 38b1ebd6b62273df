import { expect, test } from 'vitest';
import { repositoryOf, runRolewright } from '../cli/run-rolewright.ts';

const ask = `
  const { request } = await import('node:https');
  request('https://' + process.env.AUTH0_DOMAIN + '/api/v2/roles', {
    headers: { authorization: 'Bearer ' + process.env.AUTH0_API_TOKEN },
  }, (response) => { console.log(response.statusCode, response.headers['x-ratelimit-limit']); response.resume(); }).end();
`;

test('the command takes faults and a subscription, and says what a fault looks like', async () => {
  const cwd = repositoryOf();
  const child = ['--', process.execPath, '--input-type=module', '-e', ask];
  const [faulty, paid, wrong] = await Promise.all([
    runRolewright(['emulator', '--fault', 'POST cut', '--fault', 'GET /roles 503', ...child], { cwd }),
    runRolewright(['emulator', '--subscription', 'self-service', ...child], { cwd }),
    runRolewright(['emulator', '--fault', 'roles 503', ...child], { cwd }),
  ]);
  expect(faulty).toMatchObject({ code: 0, stdout: '503 undefined\n' });
  expect(paid).toMatchObject({ code: 0, stdout: '200 10\n' });
  expect(wrong).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('as in "POST /roles/*/permissions'),
  });
});
