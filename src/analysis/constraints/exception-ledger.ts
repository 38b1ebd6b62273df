import type { Diagnostic, Related } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Exception } from '../../model/definitions.ts';
import { daysBetween } from '../../model/link/calendar.ts';

/** From how many days before its last day on an exception is told. */
const daysOfWarning = 30;

/** What the exceptions of a constraint say of one thing that breaks it. */
export interface Settlement {
  readonly excepted: boolean;
  /** Where nothing is excepted: exceptions that would say so, and are over. */
  readonly lapsed: readonly Related[];
}

/** The exceptions of one constraint, and which of them have excepted anything. */
export interface ExceptionLedger {
  /** Whether something that breaks the rule is excepted, by any exception for which `names` is true. */
  readonly settle: (names: (exception: Exception) => boolean) => Settlement;
  /** Expired, expiring and unused exceptions; to be asked when the rule has been judged. */
  readonly findings: () => readonly Diagnostic[];
}

/**
 * Opens the exceptions of a constraint. One excepts through its whole last day; from the day after it is an error and
 * excepts nothing.
 *
 * @param asOf the day that counts as today, `YYYY-MM-DD` in UTC
 */
export function exceptionLedger(exceptions: readonly Exception[], asOf: string): ExceptionLedger {
  const used = new Set<Exception>();
  const isOver = ({ validThrough }: Exception): boolean => daysBetween(asOf, validThrough) < 0;
  return {
    settle: (names) => {
      const matching = exceptions.filter(names);
      const live = matching.filter((exception) => !isOver(exception));
      for (const exception of live) used.add(exception);
      if (live.length > 0) return { excepted: true, lapsed: [] };
      const lapsed = matching.map(({ validThrough, place }) => ({
        message: `excepted through ${validThrough}`,
        place,
      }));
      return { excepted: false, lapsed };
    },
    findings: () => exceptions.flatMap((exception) => finding(exception, used.has(exception), asOf) ?? []),
  };
}

function finding(exception: Exception, isUsed: boolean, asOf: string): Diagnostic | null {
  const { validThrough: day, owner, place } = exception;
  const days = daysBetween(asOf, day);
  if (days < 0) {
    const help = 'mend what it excepted, or have its owner set a later day';
    return diagnostic('RW5202', place, { day, owner }, { help });
  }
  if (!isUsed) {
    const { permission, role, assignment, user } = exception;
    const named = permission?.value ?? role?.value ?? assignment?.value ?? user ?? exception;
    return diagnostic('RW5204', named.place, {}, { help: 'remove it, or correct what it names' });
  }
  if (days > daysOfWarning) return null;
  return diagnostic('RW5203', place, { day, days, owner }, { help: 'mend what it excepts, or set a later day' });
}
