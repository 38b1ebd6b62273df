import type { Code, Parameters } from '../../language/catalogue.ts';
import type { Details, Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Place } from '../../language/source.ts';

/** Gathers the problems of a stage, so that all of a run are told at once. */
export interface Collector {
  readonly diagnostics: readonly Diagnostic[];
  readonly report: <C extends Code>(code: C, place: Place, parameters: Parameters<C>, details?: Details) => void;
}

export function collector(): Collector {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    report: (code, place, parameters, details) => {
      diagnostics.push(diagnostic(code, place, parameters, details));
    },
  };
}

/** A collector whose suggestions are changed, so that each can take the place of the whole token. */
export function suggesting(collector: Collector, change: (suggestion: string) => string): Collector {
  return {
    diagnostics: collector.diagnostics,
    report: (code, place, parameters, details = {}) => {
      const suggestion = details.suggestion ? change(details.suggestion) : null;
      collector.report(code, place, parameters, { ...details, suggestion });
    },
  };
}
