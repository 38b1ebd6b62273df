import { randomBytes, randomInt } from 'node:crypto';

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `length` random characters of [A-Za-z0-9], as in client ids (32) and behind the prefix of role ids (16). */
export function randomAlphanumeric(length: number): string {
  return Array.from({ length }, () => alphanumeric.charAt(randomInt(alphanumeric.length))).join('');
}

/** `rol_` and 16 of [A-Za-z0-9]. */
export function newRoleId(): string {
  return `rol_${randomAlphanumeric(16)}`;
}

/** 24 hexadecimal digits: resource servers, and the part of a user id behind the bar. */
export function newHexId(): string {
  return randomBytes(12).toString('hex');
}
