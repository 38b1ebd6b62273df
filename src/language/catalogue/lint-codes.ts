import type { Entry } from './entry.ts';

/** A code that a lint reports, with the lint's name: the one that silences and settings use. */
export interface LintEntry extends Entry {
  readonly lint: string;
}

/** RW70…: lints; RW42…: the size of tokens, which is a limit of the identity provider's surroundings and a lint as well. */
export const lintCodes = {
  RW4204: {
    lint: 'token-size',
    severity: 'warning',
    meaning: 'A token of more than 4 kB no longer fits into a cookie, and is sent with every call.',
    message: (p: { role: string; kilobytes: string; scopes: number }) =>
      `an access token with "${p.role}" alone has about ${p.kilobytes} kB (${p.scopes} scopes)`,
  },
  RW4205: {
    lint: 'token-size',
    severity: 'error',
    meaning: 'A token of more than 7 kB does not pass: most servers and proxies refuse headers of more than 8 kB.',
    message: (p: { role: string; kilobytes: string; scopes: number }) =>
      `an access token with "${p.role}" alone has about ${p.kilobytes} kB (${p.scopes} scopes)`,
  },
  RW7001: {
    lint: 'undocumented-permission',
    severity: 'advice',
    meaning: 'Nothing says what a person loses when a permission is denied, so nobody can answer who asks.',
    message: (p: { what: string }) => `nothing says what is lost without ${p.what}`,
  },
  RW7002: {
    lint: 'redundant-grant',
    severity: 'advice',
    meaning: 'A role grants what it inherits at the same or a higher level, so the line gives nothing.',
    message: (p: { grant: string; parent: string; inherited: string }) =>
      p.grant === p.inherited
        ? `"${p.grant}" is inherited from "${p.parent}" already`
        : `"${p.grant}" gives nothing: "${p.inherited}" is inherited from "${p.parent}"`,
  },
  RW7003: {
    lint: 'same-permissions',
    severity: 'advice',
    meaning:
      'Two roles that give the same are one role with two names, until one of them is changed and the other forgotten.',
    message: (p: { role: string; other: string }) => `"${p.role}" gives exactly what "${p.other}" gives`,
  },
  RW7004: {
    lint: 'role-without-grants',
    severity: 'advice',
    meaning: 'A role that neither grants nor inherits anything lets nobody do anything.',
    message: (p: { role: string }) => `"${p.role}" gives no permission`,
  },
  RW7005: {
    lint: 'unused-building-block',
    severity: 'advice',
    meaning: 'A building block that no role inherits and no custom role narrows gives nobody anything.',
    message: (p: { role: string }) => `no role is built on "${p.role}"`,
  },
  RW7006: {
    lint: 'unheld-permission',
    severity: 'advice',
    meaning: 'No role that anybody can hold has the permission, so nobody but by hand.',
    message: (p: { permission: string }) => `no role holds "${p.permission}"`,
  },
  RW7007: {
    lint: 'similar-names',
    severity: 'advice',
    meaning: 'Two names of one kind that differ only in spelling are taken for each other.',
    message: (p: { name: string; other: string; difference: string }) =>
      `"${p.name}" and "${p.other}" differ only in ${p.difference}`,
  },
  RW7008: {
    lint: 'file-name',
    severity: 'advice',
    meaning: 'A file with one document is found by its name, so it is called like the document.',
    message: (p: { name: string; file: string }) => `"${p.name}" stands in ${p.file}`,
  },
  RW7009: {
    lint: 'unused-silence',
    severity: 'advice',
    meaning: 'A silence that silences nothing hides the next finding, which is another one.',
    message: (p: { lint: string }) => `"${p.lint}" finds nothing in this document that could be silenced`,
  },
  RW7010: {
    lint: 'unused-silence',
    severity: 'error',
    meaning: 'There is no lint of this name.',
    message: (p: { lint: string }) => `there is no lint "${p.lint}"`,
  },
} as const satisfies Record<string, LintEntry>;

export type LintCode = keyof typeof lintCodes;

/** The name of a lint. */
export type LintName = (typeof lintCodes)[LintCode]['lint'];

/** The names of all lints, in the order of their codes. */
export const lintNames: readonly LintName[] = [...new Set(Object.values(lintCodes).map(({ lint }) => lint))];
