import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workflowFiles } from '../../src/cli/init/workflow-files.ts';
import type { SourceFile } from '../../src/language/source.ts';

const root = join(import.meta.dirname, '../..');

/** A workflow or action as GitHub reads it, as far as the rules look at it. */
export interface Workflow {
  readonly on?: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly concurrency?: Concurrency;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly inputs?: Readonly<Record<string, { readonly description?: string; readonly default?: string }>>;
  readonly runs?: { readonly using: string; readonly steps: readonly Step[] };
}

export interface Job {
  readonly if?: string;
  readonly permissions?: Permissions;
  readonly concurrency?: Concurrency;
  readonly environment?: string;
  readonly needs?: string;
  readonly secrets?: unknown;
  readonly uses?: string;
  readonly steps?: readonly Step[];
  readonly 'timeout-minutes'?: number;
}

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

type Permissions = Readonly<Record<string, string>>;
type Concurrency = { readonly group: string; readonly 'cancel-in-progress'?: unknown };

/** The workflows that `init` writes. */
export const initWorkflows: readonly SourceFile[] = await workflowFiles();

/** The workflows of this repository. */
export const ownWorkflows: readonly SourceFile[] = readdirSync(join(root, '.github/workflows')).map((name) => ({
  path: `.github/workflows/${name}`,
  text: readFileSync(join(root, '.github/workflows', name), 'utf8'),
}));

/** The composite action. */
export const actionFile: SourceFile = { path: 'action.yml', text: readFileSync(join(root, 'action.yml'), 'utf8') };

/** What a file says. */
export function workflowOf({ text }: SourceFile): Workflow {
  return parse(text) as Workflow;
}

/** The steps of a workflow's jobs, or of an action, with the job that each belongs to. */
export function stepsOf(workflow: Workflow): readonly (readonly [job: Job, step: Step])[] {
  const jobs: readonly Job[] = [...Object.values(workflow.jobs ?? {}), ...(workflow.runs ? [workflow.runs] : [])];
  return jobs.flatMap((job) => (job.steps ?? []).map((step) => [job, step] as const));
}
