import { adoptCodes } from './catalogue/adopt-codes.ts';
import { auditCodes } from './catalogue/audit-codes.ts';
import { differenceCodes } from './catalogue/difference-codes.ts';
import { engineCodes } from './catalogue/engine-codes.ts';
import { environmentCodes } from './catalogue/environment-codes.ts';
import { lintCodes } from './catalogue/lint-codes.ts';
import { nameCodes } from './catalogue/name-codes.ts';
import { peopleCodes } from './catalogue/people-codes.ts';
import { planCodes } from './catalogue/plan-codes.ts';
import { revisionCodes } from './catalogue/revision-codes.ts';
import { roleCodes } from './catalogue/role-codes.ts';
import { ruleCodes } from './catalogue/rule-codes.ts';
import { settingsCodes } from './catalogue/settings-codes.ts';
import { yamlCodes } from './catalogue/yaml-codes.ts';

/**
 * Every problem that Rolewright can report, by its stable code. Texts live here and nowhere else, so that a call site
 * gives a code and typed parameters, and `docs/diagnostics.md` is made from this list.
 */
export const catalogue = {
  ...yamlCodes,
  ...settingsCodes,
  ...nameCodes,
  ...roleCodes,
  ...environmentCodes,
  ...ruleCodes,
  ...lintCodes,
  ...engineCodes,
  ...planCodes,
  ...peopleCodes,
  ...differenceCodes,
  ...revisionCodes,
  ...adoptCodes,
  ...auditCodes,
} as const;

export type Code = keyof typeof catalogue;

/** The parameters that the message of a code takes. */
export type Parameters<C extends Code> = (typeof catalogue)[C]['message'] extends (parameters: infer P) => string
  ? P
  : never;
