import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Finding } from '../../report/findings-text.ts';
import type { Host } from '../host.ts';

/** As package.json's `engines`: of each major version the oldest minor one that strips types. */
const oldestMinors: Readonly<Record<number, number>> = { 22: 18, 23: Number.POSITIVE_INFINITY, 24: 11 };

/** Node and git. */
export async function machineFindings(host: Host): Promise<readonly Finding[]> {
  return [nodeFinding(process.versions.node, process.execPath), await gitFinding(host)];
}

/** Whether a version of Node runs TypeScript as Rolewright needs it. */
export function nodeFinding(version: string, path: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > 24 || minor >= (oldestMinors[major] ?? Number.POSITIVE_INFINITY);
  const advice = 'Node 22.18 or 24.11, or newer, is needed';
  return {
    subject: 'node',
    state: isNewEnough ? 'ok' : 'missing',
    found: `${version}, ${path}`,
    advice: isNewEnough ? null : advice,
  };
}

async function gitFinding({ root, env }: Host): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'], { cwd: root, env: { ...env } });
    return { subject: 'git', state: 'ok', found: stdout.trim().replace(/^git version /u, ''), advice: null };
  } catch {
    const advice = 'install git: comparing with earlier versions needs it, nothing else';
    return { subject: 'git', state: 'note', found: 'not found on PATH', advice };
  }
}
