import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Resource } from 'rolewright/authorize-jwt';
import { createTokenAuthorizer, statusOf } from 'rolewright/authorize-jwt';

/** What the service offers: each route says which permission it takes, and for what. */
const routes = [
  { route: /^GET \/apps\/(?<app>[^/]+)\/spend$/, permission: 'data/spend-data:view', resource: oneApp, serve: spendOf },
  {
    route: /^PUT \/apps\/(?<app>[^/]+)\/spend$/,
    permission: 'data/spend-data:edit',
    resource: oneApp,
    serve: changeSpend,
  },
  { route: /^GET \/spend$/, permission: 'data/spend-data:view', resource: everything, serve: allSpend },
] as const;

type Names = Readonly<Record<string, string>>;

function oneApp({ app = '' }: Names): Resource {
  return { app };
}

function everything(): Resource {
  return { applicationWide: true };
}

function spendOf({ app }: Names): object {
  return { app, spend: 4200 };
}

function changeSpend({ app }: Names): object {
  return { app, changed: true };
}

function allSpend(): object {
  return { spend: 123_000 };
}

// It throws if the file is no policy: a service without one should not run.
const [policyFile = 'productiv.policy.json', port = '8080'] = process.argv.slice(2);
const authorize = createTokenAuthorizer(JSON.parse(readFileSync(policyFile, 'utf8')));

const server = createServer(async (request, response) => {
  const asked = `${request.method} ${new URL(request.url ?? '/', 'http://localhost').pathname}`;
  const found = routes.find(({ route }) => route.test(asked));
  if (found === undefined) return answer(response, 404, { message: 'There is nothing here.' });
  const names = found.route.exec(asked)?.groups ?? {};
  const decision = await authorize(bearerOf(request), found.permission, found.resource(names));
  if (decision.allowed) return answer(response, 200, found.serve(names));
  const { reason, message, whenDenied } = decision;
  const status = statusOf(decision);
  if (status === 401) response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
  return answer(response, status, { reason, message, whenDenied });
});

/** The token of `Authorization: Bearer …`; undefined where there is none. */
function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer (?<token>\S+)$/iu.exec(headers.authorization ?? '')?.groups?.token;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}

server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`listening on http://127.0.0.1:${address?.port}`);
});
