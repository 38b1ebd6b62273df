import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Finding } from '../../report/findings-text.ts';
import type { Host } from '../host.ts';

const oldestNode = [24, 11] as const;

/** Node and git. */
export async function machineFindings(host: Host): Promise<readonly Finding[]> {
  return [nodeFinding(process.versions.node, process.execPath), await gitFinding(host)];
}

/** Whether a version of Node runs TypeScript as Rolewright needs it. */
export function nodeFinding(version: string, path: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  const isNewEnough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  const advice = `Node ${oldestMajor}.${oldestMinor} or newer is needed: run \`npm ci\`, and start it through npm run`;
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
