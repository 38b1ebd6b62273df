import { describe, expect, test } from 'vitest';
import { callEmulator } from './call-emulator.ts';
import { emulatorOfTest } from './emulator-of-test.ts';
import type { Operation } from './openapi.ts';
import { isOpenApiHere, operations, problemsOfAnswer } from './openapi.ts';
import type { BodySchema } from './request-samples.ts';
import { fitting, misfits } from './request-samples.ts';

/** `/roles/{id}` of nobody; the trigger is one that there is. */
const pathOf = (template: string): string =>
  template.replace('{triggerId}', 'post-login').replaceAll(/\{\w+\}/g, 'nobody');

const scopesOf = ({ security = [] }: Operation): readonly string[] =>
  security.flatMap((way) => way.oAuth2ClientCredentials ?? []);

describe.skipIf(!isOpenApiHere)("Auth0's OpenAPI", () => {
  test('has something against a wrong answer', () => {
    const role = { id: 'rol_1', name: 'a', description: '' };
    expect(problemsOfAnswer('GET', '/roles', 200, [role])).toEqual([]);
    expect(problemsOfAnswer('GET', '/roles', 200, [{ ...role, id: 1 }])).toHaveLength(1);
    expect(problemsOfAnswer('GET', '/roles', 200, { roles: [{ ...role, colour: 'red' }], start: 0 })).toHaveLength(1);
    expect(problemsOfAnswer('GET', '/roles/rol_1', 201, role)).toHaveLength(1);
    expect(problemsOfAnswer('DELETE', '/users/a', 204, { id: 'a' })).toHaveLength(1);
    expect(problemsOfAnswer('GET', '/roles/rol_1', 404, { message: 'no' })).toHaveLength(1);
  });

  test('names no endpoint that is not served', async () => {
    const { send } = await emulatorOfTest();
    for (const [method, template] of operations()) {
      const { status, body } = await send(method, pathOf(template));
      expect([template, status, body]).not.toEqual([template, 404, expect.objectContaining({ message: 'Not Found' })]);
    }
  });

  test('names the scopes that suffice; without any, nothing is answered', async () => {
    const clients = operations().map(([method, template, operation]) => ({
      clientId: `${method} ${template}`,
      clientSecret: 'secret',
      scopes: scopesOf(operation),
    }));
    const emulator = await emulatorOfTest({
      clients: [...clients, { clientId: 'x', clientSecret: 'secret', scopes: [] }],
    });
    const tokenOf = async (clientId: string): Promise<string> => {
      const body = {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: 'secret',
        audience: `https://${emulator.domain}/api/v2/`,
      };
      const granted = await callEmulator(emulator, 'POST', '/oauth/token', { body });
      return (granted.body as { access_token: string }).access_token;
    };
    const poor = await tokenOf('x');
    for (const [method, template] of operations()) {
      const where = `${method} ${template}`;
      const refused = await emulator.send(method, pathOf(template), undefined, { token: poor });
      expect([where, refused.body]).toMatchObject([where, { statusCode: 403, errorCode: 'insufficient_scope' }]);
      const granted = await emulator.send(method, pathOf(template), undefined, { token: await tokenOf(where) });
      expect([where, granted.status]).not.toEqual([where, 403]);
    }
  });

  test.each(bodies())('%s %s: a body that fits gets through, and each that does not is refused', async (...given) => {
    const [method, template, schema] = given;
    const { send } = await emulatorOfTest();
    const accepted = await send(method, pathOf(template), fitting(schema));
    expect(accepted.body).not.toMatchObject({ errorCode: 'invalid_body' });
    for (const [what, body] of misfits(schema)) {
      const refused = await send(method, pathOf(template), body);
      expect([what, refused.body]).toMatchObject([what, { statusCode: 400, errorCode: 'invalid_body' }]);
    }
  });
});

test("Auth0's OpenAPI is there to be compared with", ({ skip }) => {
  skip(!isOpenApiHere, 'it is not on this machine: nothing was compared');
  expect(operations().length).toBeGreaterThan(30);
});

function bodies(): [method: string, template: string, schema: BodySchema][] {
  return operations().flatMap(([method, template, { requestBody }]): [string, string, BodySchema][] => {
    const schema = requestBody?.content['application/json']?.schema;
    return schema === undefined ? [] : [[method, template, schema]];
  });
}
