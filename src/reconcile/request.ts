import type { DesiredState } from '../model/desired-state.ts';
import type { Plan } from '../model/plan.ts';
import type { Environment } from './engine.ts';
import type { Gate } from './gates.ts';
import type { PlanFile } from './plan-file.ts';

/** What preview and up are asked. */
export interface ReconcileRequest {
  readonly desired: DesiredState;
  /** The root of the repository, where Pulumi.yaml lies. */
  readonly workDir: string;
  /** All variables of the run: AUTH0_*, PULUMI_*, SSL_CERT_FILE, PATH, HOME, … Nothing else is read. */
  readonly env: Environment;
  /** Whether the state is compared with the tenant first. */
  readonly refresh: boolean;
  readonly signal: AbortSignal;
  /** What is being done, for stderr: "reading the tenant", "12 of 40 changes". */
  readonly onProgress: (message: string) => void;
  /** A sentence that is to be read, whatever becomes of the run; told as progress if there is no such thing. */
  readonly onNotice?: (sentence: string) => void;
  /** The engine's own output, or null. */
  readonly onEngineOutput: ((text: string) => void) | null;
  /** How long the tenant may be silent, or limit the rate, before the run is given up, in seconds; 300 if not said. */
  readonly patience?: number;
  /** What this run may not do, besides the guards of the environment. */
  readonly gates?: readonly Gate[];
  /** Whether the desired state comes with errors that only stand in the way of a plan that gives somebody more. */
  readonly mayOnlyNarrow?: boolean;
}

export interface UpRequest extends ReconcileRequest {
  readonly confirm: (plan: Plan) => Promise<boolean>;
  /** Names of guards that are not to refuse, as the refusals name them. */
  readonly overrides: readonly string[];
  /** The plan that is to be carried out, and no other one; it was saved by `previewForFile`. */
  readonly planFile?: PlanFile;
}

export const defaultPatience = 300;
