import { diagnostic } from '../language/diagnostic.ts';
import type { Clone } from '../revisions/clone.ts';
import type { Host } from './host.ts';
import type { Outcome } from './outcome.ts';
import { outcome } from './outcome.ts';

/**
 * Opens the clone that the repository lies in for a verb, and closes it behind it. Without git or without a clone, and
 * where git fails over what it must know, the verb ends with the diagnostic that says so.
 */
export async function withClone(
  host: Host,
  given: Pick<Outcome, 'json'>,
  body: (clone: Clone) => Promise<Outcome>,
): Promise<Outcome> {
  const [{ openClone }, { isGitFailure }] = await Promise.all([
    import('../revisions/clone.ts'),
    import('../revisions/git.ts'),
  ]);
  const [clone, problems] = await openClone(host.root, host.env);
  if (clone === null) return outcome({ ...given, diagnostics: problems });
  try {
    return await body(clone);
  } catch (error) {
    if (!isGitFailure(error)) throw error;
    // Ctrl-C reaches git as well: what it then fails over is nothing to report.
    const problem = diagnostic(
      'RW6703',
      null,
      { reason: error.message },
      { help: '`git fsck` says what is missing; git fetch --refetch gets everything' },
    );
    return outcome({ ...given, diagnostics: host.signal.aborted ? [] : [problem] });
  } finally {
    clone.close();
  }
}
