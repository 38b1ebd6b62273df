import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Result } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { digestOf } from '../../model/compile/digest.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import type { ChangeExpectations } from '../detailed-exit-code.ts';
import { exitCodeOfChanges } from '../detailed-exit-code.ts';
import type { Host } from '../host.ts';
import type { Outcome } from '../outcome.ts';
import { failure, outcome } from '../outcome.ts';
import { planBetween } from './plan-between.ts';

interface FilesOptions extends ChangeExpectations {
  readonly format: string;
  readonly from?: string;
  readonly to?: string;
  readonly gate: readonly string[];
  readonly stack: readonly string[];
}

/**
 * Compares two outputs of `build`. A desired state has scopes and roles, and nothing of who inherits from whom, which line
 * says so, or what judges: so it is told in the words of a plan, and no gate is held to it.
 */
export async function diffFiles(
  host: Host,
  base: string | undefined,
  head: string | undefined,
  options: FilesOptions,
): Promise<Outcome> {
  if (base === undefined || head === undefined) {
    return failure('--files takes two files', 'rolewright diff --files before.json after.json');
  }
  if (options.from !== undefined || options.to !== undefined) {
    return failure('--files and --from are two questions', 'ask one of them');
  }
  if (options.gate.length > 0 || options.stack.length > 0) {
    const help = 'compare revisions or environments: a file of build does not say what gates look at';
    return failure('--files takes no gates', help);
  }
  const { format } = options;
  if (format !== 'text' && format !== 'json') {
    return failure(`--files is printed as text or json, not as ${format}`, 'compare revisions for the other formats');
  }
  const [before, unreadBefore] = await readDesiredState(host, base);
  const [after, unreadAfter] = await readDesiredState(host, head);
  if (before === null || after === null) return outcome({ diagnostics: [...unreadBefore, ...unreadAfter] });
  const plan = planBetween(before, after);
  if (format === 'json') host.out((await import('../../report/json.ts')).jsonText(plan));
  else host.out((await import('../../report/plan-text.ts')).planText(plan, host.paint.out, after));
  return outcome({ exitCode: exitCodeOfChanges(plan.changes.length > 0, options) });
}

async function readDesiredState(host: Host, file: string): Promise<Result<DesiredState | null>> {
  const refused = (reason: string, help: string | null = null): Result<null> => [
    null,
    [diagnostic('RW6711', null, { file, reason }, { help })],
  ];
  let text: string;
  try {
    text = await readFile(resolve(host.root, file), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return refused(code === 'ENOENT' ? 'there is no such file' : code);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('it is no JSON');
  }
  if (value === null || typeof value !== 'object') return refused('it is no desired state');
  const { schemaVersion, digest } = value as { readonly schemaVersion?: unknown; readonly digest?: unknown };
  if (schemaVersion !== 1) return refused(`its version is ${JSON.stringify(schemaVersion)}`, 'version 1 is read');
  // What has the digest of its content was built: its shape need not be looked at again.
  if (digest !== digestOf(value, notInDigest)) {
    return refused('its digest is not that of its content', 'build it again; a file that was edited says nothing true');
  }
  return [value as DesiredState, []];
}

/** As `compile` leaves them out. */
const notInDigest = new Set(['declaredAt', 'digest']);
