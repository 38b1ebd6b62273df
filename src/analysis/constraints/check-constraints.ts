import type { Diagnostic } from '../../language/diagnostic.ts';
import { sortDiagnostics } from '../../language/diagnostic.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import { exceptionLedger } from './exception-ledger.ts';
import { checkHolders } from './holders.ts';
import { checkNever } from './never.ts';
import { checkReserved } from './reserved.ts';
import type { RuleContext } from './rule-context.ts';
import { judgedApplication } from './rule-context.ts';
import { checkSeparate } from './separate.ts';
import { checkSupervises } from './supervises.ts';

/**
 * Judges every constraint over roles, custom roles and declared assignments, in all environments at once, and tells
 * which exceptions are over, about to be, or of no use. Each holder that breaks a rule is told, heirs of one that does
 * included: an exception names exactly whom it excepts and is never inherited. Of a permission, a level means "at least".
 *
 * @param asOf the day that counts as today, `YYYY-MM-DD` in UTC
 */
export function checkConstraints(model: EffectiveModel, asOf: string): readonly Diagnostic[] {
  const applications = new Map(model.applications.map((item) => [item.definition.name, judgedApplication(item)]));
  return sortDiagnostics(
    model.constraints.flatMap((constraint) => {
      const exceptions = exceptionLedger(constraint.exceptions, asOf);
      const broken = judge({ constraint, applications, environments: model.environments, exceptions });
      return [...broken, ...exceptions.findings()];
    }),
  );
}

function judge(context: RuleContext): readonly Diagnostic[] {
  const { rule } = context.constraint;
  switch (rule.kind) {
    case 'separate':
      return checkSeparate(rule, context);
    case 'supervises':
      return checkSupervises(rule, context);
    case 'reserved':
      return checkReserved(rule, context);
    case 'holders':
      return checkHolders(rule, context);
    case 'never':
      return checkNever(rule, context);
  }
}
