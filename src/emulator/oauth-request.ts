import type { Context } from 'hono';
import type { SignInRequest } from './post-login-event.ts';
import type { Client, EmulatorEnv } from './tenant.ts';

export type Parameters = Readonly<Record<string, string | undefined>>;

/** The parameters in the body of a request, a form or JSON; none where it is neither. What is no text counts as not there. */
export async function readParameters(context: Context<EmulatorEnv>): Promise<Parameters> {
  const text = await context.req.text();
  if (!context.req.header('content-type')?.includes('json')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    const body = Object.entries((JSON.parse(text) as object | null) ?? {});
    return Object.fromEntries(body.filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}

/** The client that the request proves to be, by HTTP Basic or in the body; a public one proves nothing. */
export function authenticatedClient(
  context: Context<EmulatorEnv>,
  clients: readonly Client[],
  body: Parameters,
): Client | undefined {
  const basic = /^basic (?<pair>\S+)$/i.exec(context.req.header('authorization') ?? '')?.groups?.pair;
  const [id, secret] =
    basic === undefined
      ? [body.client_id, body.client_secret]
      : Buffer.from(basic, 'base64').toString().split(':').map(unescaped);
  return clients.find(
    ({ clientId, clientSecret }) => clientId === id && (clientSecret === null || clientSecret === secret),
  );
}

/** What an action is told of the request. */
export function signInRequest(context: Context<EmulatorEnv>, body: Parameters): SignInRequest {
  const { req, env } = context;
  return {
    method: req.method,
    ip: env.incoming.socket.remoteAddress ?? '127.0.0.1',
    hostname: new URL(req.url).hostname,
    userAgent: req.header('user-agent'),
    language: req.header('accept-language'),
    query: req.query(),
    body,
  };
}

/** OAuth escapes what goes into HTTP Basic (RFC 6749, 2.3.1); who does not is understood where that is possible. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
