import type { Purpose, TargetName } from '../../model/definitions.ts';

/** The flags of `rolewright adopt`. */
export interface AdoptOptions {
  readonly format: 'text' | 'json';
  readonly stack?: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly audience: readonly string[];
  readonly role: readonly string[];
  readonly application?: string;
  readonly from?: string;
  readonly purpose?: Purpose;
  readonly target?: TargetName;
  readonly tenant?: string;
  readonly dryRun?: boolean;
  readonly engineDetail?: boolean;
}
