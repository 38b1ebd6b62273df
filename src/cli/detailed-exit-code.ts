import { exitCodes } from './exit-code.ts';

/** Flags that ask for another exit code where something changes. */
export interface ChangeExpectations {
  readonly detailedExitcode?: boolean;
  readonly expectNoChanges?: boolean;
}

/** The exit code of a run that has found changes or none: they are no failure unless the command line says so. */
export function exitCodeOfChanges(
  hasChanges: boolean,
  { detailedExitcode, expectNoChanges }: ChangeExpectations,
): number {
  const isAsked = detailedExitcode === true || expectNoChanges === true;
  return isAsked && hasChanges ? exitCodes.expectation : exitCodes.clean;
}

/** As Terraform has it: 0 no change, 2 changes, 1 whatever went wrong; cancelled and a bug keep their codes. */
export function detailedExitCode(exitCode: number): number {
  if (exitCode === exitCodes.expectation) return 2;
  const kept: readonly number[] = [exitCodes.clean, exitCodes.cancelled, exitCodes.bug];
  return kept.includes(exitCode) ? exitCode : exitCodes.findings;
}
