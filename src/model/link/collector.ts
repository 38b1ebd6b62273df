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
