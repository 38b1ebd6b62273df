import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Audit } from '../../analysis/audit/audit.ts';
import type { SignOff } from '../../analysis/audit/sign-off.ts';
import { readSignOff, signOff } from '../../analysis/audit/sign-off.ts';
import type { Result } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { jsonText } from '../../report/json.ts';
import type { Host } from '../host.ts';
import type { Failure } from '../outcome.ts';
import { failure } from '../outcome.ts';
import { product, reasonOf } from '../plan-files.ts';
import { writeFileAtomically } from '../write-file-atomically.ts';

/** Reads what an earlier audit has come to, and sees to it that nobody has changed it. */
export async function loadSignOff(host: Host, path: string): Promise<Result<SignOff | null>> {
  try {
    return readSignOff(await readFile(resolve(host.root, path), 'utf8'), path);
  } catch (error) {
    const help = 'give the file that `rolewright audit --sign-off FILE` has written';
    return [null, [diagnostic('RW6801', null, { file: path, reason: reasonOf(error) }, { help })]];
  }
}

/**
 * Signs an audit off; nothing where that goes well. Its owner alone may read the file: it says what people may do, by their ids.
 */
export async function saveSignOff(
  host: Host,
  path: string,
  audit: Audit,
  by: { readonly reviewer: string; readonly note: string | null },
): Promise<Failure | null> {
  const signed = signOff(audit, { product, signedAt: new Date().toISOString(), ...by });
  try {
    await writeFileAtomically(resolve(host.root, path), jsonText(signed), 0o600);
    return null;
  } catch (error) {
    return failure(
      `the sign-off cannot be saved to ${path}: ${reasonOf(error)}`,
      'name a file in a folder that is there',
    ).failure;
  }
}
