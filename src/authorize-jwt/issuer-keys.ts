import type { FetchImplementation, JWTVerifyGetKey } from 'jose';
import { createRemoteJWKSet, customFetch, errors } from 'jose';
import type { Policy } from '../authorize/policy.ts';

/** How the keys of an issuer are had. Times in milliseconds. */
export interface KeyOptions {
  /** What asks for them, in place of the platform's `fetch`: through a proxy, or trusting an authority of one's own. */
  readonly fetch?: FetchImplementation;
  /** How long they count before they are asked for again, and so how long a withdrawn one may count: ten minutes. */
  readonly maximumAge?: number;
  /** How long nobody asks again because of a key that is not among them: 30 seconds. */
  readonly coolDown?: number;
  /** How long an answer may take: five seconds. */
  readonly timeout?: number;
}

/** Thrown where the keys could not be had; nothing is known of the token then. */
export class KeysUnavailable extends Error {}

const usual = { maximumAge: 600_000, coolDown: 30_000, timeout: 5_000 } as const;

/** How long nobody asks again after asking in vain: an issuer that is down is not asked for each request. */
const restMilliseconds = 1_000;

/**
 * The keys that an issuer publishes at an address, asked for with the first token. One that names a key that is not among them has them
 * asked for again, once in a while: keys are rotated without a restart, and made-up keys do not hammer the issuer.
 *
 * @throws TypeError if it is no https URL: who can answer in its place could sign in its name. One's own machine needs none
 */
export function issuerKeys({ issuer, keys }: Pick<Policy, 'issuer' | 'keys'>, options: KeyOptions): JWTVerifyGetKey {
  const url = URL.parse(keys ?? '.well-known/jwks.json', issuer);
  const isOwnMachine = url?.protocol === 'http:' && (url.hostname === '127.0.0.1' || url.hostname === 'localhost');
  if (url?.protocol !== 'https:' && !isOwnMachine) {
    const [what, address] = keys === undefined ? ['The issuer', issuer] : ['The address of the keys', keys];
    throw new TypeError(`${what} of the policy must be an https URL: "${address}"`);
  }
  const { maximumAge, coolDown, timeout } = { ...usual, ...options };
  const published = createRemoteJWKSet(url, {
    cacheMaxAge: maximumAge,
    cooldownDuration: coolDown,
    timeoutDuration: timeout,
    [customFetch]: restingAfterFailure(options.fetch ?? fetch),
  });
  return async (header, token) => {
    try {
      return await published(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new KeysUnavailable(`No keys from ${url.href}`, { cause: error });
    }
  };
}

function restingAfterFailure(ask: FetchImplementation): FetchImplementation {
  let restsUntil = 0;
  const rest = (): void => {
    restsUntil = Date.now() + restMilliseconds;
  };
  return async (url, request) => {
    if (Date.now() < restsUntil) throw new Error('asked in vain a moment ago');
    const response = await ask(url, request).catch((error: unknown) => {
      rest();
      throw error;
    });
    if (!response.ok) rest();
    return response;
  };
}
