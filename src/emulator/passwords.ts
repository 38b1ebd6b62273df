import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** Cheaper than a real tenant's, so that a hundred people are there at once; still nothing that can be read back. */
const cost = { N: 1024 };
const length = 32;

/** What is kept of a password: salt and hash. */
export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  return `${salt.toString('hex')} ${scryptSync(password, salt, length, cost).toString('hex')}`;
}

/** Whether this is the password of which that was kept; who has none cannot sign in with one. */
export function isPassword(password: string, kept: string | undefined): boolean {
  const [salt = '', hash = ''] = kept?.split(' ') ?? [];
  if (hash === '') {
    return false;
  }
  const given = scryptSync(password, Buffer.from(salt, 'hex'), length, cost);
  return timingSafeEqual(given, Buffer.from(hash, 'hex'));
}
