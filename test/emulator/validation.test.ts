import { expect, test } from 'vitest';
import { emulatorOfTest, errorOf } from './emulator-of-test.ts';

const scope = 'List of permissions (scopes) that this API uses.';

test.each<[string, unknown, string]>([
  ['/roles', {}, "'Missing required property: name'."],
  ['/roles', { name: 'a', a: 1, b: 2 }, "'Additional properties not allowed: a,b'."],
  ['/roles', { name: 1 }, "'Expected type string but found type integer' on property name (Name of the role.)."],
  ['/roles', [], "'Expected type object but found type array'."],
  [
    '/resource-servers',
    { identifier: '' },
    "'String is too short (0 chars), minimum 1' on property identifier (Unique identifier for the API used as the audience parameter on authorization calls. Can not be changed once set.).",
  ],
  [
    '/resource-servers',
    { identifier: 'a', scopes: [{ value: 'a' }, { description: 'x' }] },
    "'Missing required property: value' on property scopes[1].",
  ],
  [
    '/resource-servers',
    { identifier: 'a', scopes: [{ value: 'x'.repeat(281) }] },
    "'String is too long (281 chars), maximum 280' on property scopes[0].value (Value of this scope.).",
  ],
  [
    '/resource-servers',
    { identifier: 'a', scopes: [{ value: 'a', description: 'é'.repeat(501) }] },
    "'String is too long (501 chars), maximum 500' on property scopes[0].description (User-friendly description of this scope.).",
  ],
  [
    '/resource-servers',
    { identifier: 'a', scopes: {} },
    `'Expected type array but found type object' on property scopes (${scope}).`,
  ],
  [
    '/resource-servers',
    { identifier: 'a', name: '<b>' },
    "'String does not match pattern ^[^<>]+$: <b>' on property name (Friendly name for this resource server. Can not contain `<` or `>` characters.).",
  ],
  [
    '/resource-servers',
    { identifier: 'a', token_dialect: 'x' },
    '\'No enum match for: "x"\' on property token_dialect.',
  ],
  [
    '/resource-servers',
    { identifier: 'a', token_lifetime: -1 },
    "'Value -1 is less than minimum 0' on property token_lifetime (Expiration value (in seconds) for access tokens issued for this API from the token endpoint.).",
  ],
])('POST %s %j', async (path, body, problem) => {
  const { send, snapshot } = await emulatorOfTest();
  const refused = await send('POST', path, body);
  expect(refused).toMatchObject({
    status: 400,
    body: errorOf(400, 'Bad Request', `Payload validation error: ${problem}`, 'invalid_body'),
  });
  expect(snapshot()).toEqual({ resourceServers: [], roles: [], users: [] });
});

test('a body that is not JSON is refused', async () => {
  const { send } = await emulatorOfTest();
  expect(await send('POST', '/roles', '{"name":')).toMatchObject({ status: 400 });
});

test.each([
  [
    'per_page=101',
    "'Value 101 is greater than maximum 100' on property per_page (Number of results per page. Defaults to 50.).",
  ],
  [
    'per_page=0',
    "'Value 0 is less than minimum 1' on property per_page (Number of results per page. Defaults to 50.).",
  ],
  [
    'page=-1',
    "'Value -1 is less than minimum 0' on property page (Page index of the results to return. First page is 0.).",
  ],
  [
    'page=x',
    "'Expected type integer but found type string' on property page (Page index of the results to return. First page is 0.).",
  ],
  ['include_totals=yes', "'Expected type boolean but found type string' on property include_totals."],
])('GET /roles?%s', async (query, problem) => {
  const { send } = await emulatorOfTest();
  expect(await send('GET', `/roles?${query}`)).toMatchObject({
    status: 400,
    body: errorOf(400, 'Bad Request', `Query validation error: ${problem}`, 'invalid_query_string'),
  });
});
