import type { Adopted } from '../../adopt/adopt.ts';
import { adopt } from '../../adopt/adopt.ts';
import type { EnvironmentDraft } from '../../adopt/documents.ts';
import { withChanges } from '../../adopt/edited-files.ts';
import type { Result } from '../../language/diagnostic.ts';
import { hasErrors } from '../../language/diagnostic.ts';
import { loadRepository } from '../../language/load-repository.ts';
import { isChosen } from '../../model/name-choice.ts';
import type { ObservedState } from '../../model/observed-state.ts';
import { buildRepository, checkRepository, today } from '../../pipeline.ts';
import type { TakenOver } from '../../reconcile/take-over.ts';
import { adoptionText } from '../../report/adoption-text.ts';
import { jsonText } from '../../report/json.ts';
import { counted } from '../../report/tally.ts';
import type { Host } from '../host.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { reconcileRequest } from '../reconciling.ts';
import type { AdoptOptions } from './adopt-options.ts';
import { environmentDraft, isDraft } from './environment-draft.ts';
import { projectOfStack } from './project-of-stack.ts';
import { writeChanges } from './write-changes.ts';

/** Reads a tenant, or an export of one; shows and writes it as documents; and takes it into the state. */
export async function adoptTenant(host: Host, options: AdoptOptions): Promise<Outcome> {
  const { stack, dryRun = false, from } = options;
  if (stack === undefined) return failure('no stack is named', 'give --stack NAME, or set PULUMI_STACK');
  host.progress.tell('Checking the documents');
  const loaded = await loadRepository(host.root);
  // There may be no document yet.
  const repository = { ...loaded, unread: loaded.unread.filter(({ code }) => code !== 'RW1020') };
  const [model, checking] = checkRepository(repository, host.asOf);
  const files = [...repository.files, ...repository.settings.files];
  if (model === null || hasErrors(checking)) return outcome({ files, diagnostics: checking });

  const declared = model.environments.find(({ name }) => name === stack) ?? null;
  const environment = environmentDraft(host, stack, declared, options);
  if (!isDraft(environment)) return environment;
  if (from !== undefined && environment.target !== 'auth0') {
    const help = 'leave --from out: a realm is read as it is';
    return failure(`${stack} is on Keycloak, and an export of auth0-deploy-cli is of Auth0`, help);
  }
  const [observed, reading] = await observe(host, environment, options);
  if (observed === null) return outcome({ files, diagnostics: reading });
  const [adopted, told] = adopt({
    files: repository.files,
    folder: repository.settings.documents,
    observed,
    environment,
    choice: { include: options.include, exclude: options.exclude, audiences: options.audience },
    ofEmpty: options.application ?? null,
    again: options.role,
    asOf: host.asOf ?? today(),
  });
  const diagnostics = [...reading, ...told];
  if (adopted === null || hasErrors(told)) return outcome({ files, diagnostics });

  const changed = { ...repository, files: withChanges(repository.files, adopted.changes) };
  const [desired, problems] = buildRepository(changed, stack, host.asOf);
  if (desired === null) {
    // Nothing is written that would not be clean; what says so points into files as they would be.
    const errors = problems.filter(({ severity }) => severity === 'error');
    return outcome({ files: [...changed.files, ...files], diagnostics: [...diagnostics, ...errors] });
  }
  host.progress.stop();
  if (options.format === 'text') host.out(adoptionText(adopted.changes, dryRun, host.paint.out));
  const all = { files, diagnostics };
  const end = (taken: TakenOver | null) => {
    if (options.format === 'json') host.out(jsonText(asData(adopted, stack, !dryRun, taken)));
  };
  if (dryRun) {
    end(null);
    return outcome({ ...all, closing: 'Nothing was written.' });
  }
  const unwritten = await write(host, adopted, from === undefined ? environment : null);
  if (unwritten !== null) return { ...unwritten, ...all };
  if (from !== undefined) {
    end(null);
    return outcome({ ...all, closing: closing(adopted, null) });
  }
  const { takeOver } = await import('../../reconcile/take-over.ts');
  const engineDetail = options.engineDetail === true;
  const request = reconcileRequest(host, { desired, diagnostics: [] }, { engineDetail, gates: [] });
  const [taken, taking] = await takeOver(request, adopted);
  host.progress.stop();
  end(taken);
  return outcome({ ...all, diagnostics: [...diagnostics, ...taking], closing: closing(adopted, taken) });
}

async function observe(
  host: Host,
  environment: EnvironmentDraft,
  { from, role, include, exclude }: AdoptOptions,
): Promise<Result<ObservedState | null>> {
  if (from !== undefined) return (await import('./read-export.ts')).readExport(host, from, environment.tenant);
  const { readTenant } = await import('./read-tenant.ts');
  const isWanted = (title: string) => (role.length > 0 ? role.includes(title) : isChosen(title, { include, exclude }));
  return readTenant(host, environment, isWanted);
}

/** @param stack the one whose Pulumi project is laid out where there is none; null: none is needed */
async function write(host: Host, { changes }: Adopted, stack: EnvironmentDraft | null): Promise<Outcome | null> {
  try {
    const companions = stack === null ? [] : await projectOfStack(host, stack);
    await writeChanges(host, changes, companions);
    return null;
  } catch (error) {
    return failure(`cannot write here: ${(error as Error).message}`, 'see with git which files are there already');
  }
}

function asData({ changes, applications, roles }: Adopted, stack: string, written: boolean, taken: TakenOver | null) {
  return {
    schemaVersion: 1,
    stack,
    written,
    files: changes.map(({ path, before, after }) => ({ path, before, after })),
    applications: applications.map(({ name, api }) => ({ name, audience: api.audience })),
    roles: roles.map(({ application, name, observed }) => ({ application, name, title: observed.title })),
    takenIntoState: taken,
  };
}

function closing({ changes, applications, roles }: Adopted, taken: TakenOver | null): string {
  const isNew = changes.filter(({ before }) => before === null).length;
  const declared = `${counted(applications.length, 'application')} and ${counted(roles.length, 'role')}`;
  const held = `Declared just as the tenant has them: ${declared}; ${counted(isNew, 'file')} written, ${changes.length - isNew} changed.`;
  if (taken === null) return held;
  const { left } = taken;
  const rest =
    left?.length === 0 ? '`preview` has nothing to do' : `left for \`up\`: ${left?.join('; ') ?? 'see `preview`'}`;
  const came = `${counted(taken.applications.length, 'application')}, ${counted(taken.roles.length, 'role')}`;
  return `${held}\nNew in the state: ${came}. Nothing was written to the tenant; ${rest}.`;
}
