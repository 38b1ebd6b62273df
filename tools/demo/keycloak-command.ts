import { styleText } from 'node:util';
import type { RecordingProxy } from '../../test/support/recording-proxy.ts';
import { runNode } from './run.ts';

export interface Commands {
  /** Runs a command as somebody would type it, and counts its calls; another exit code than the one expected ends the demo. */
  readonly rolewright: (exitCode: number, ...args: readonly string[]) => Promise<void>;
  /** Runs a command for what it prints, as JSON, and shows nothing. */
  readonly printed: <T>(...args: readonly string[]) => Promise<T>;
}

export interface CommandOptions {
  readonly cli: string;
  /** Where the documents lie. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What stands in front of the server, to count what passes. */
  readonly proxy: RecordingProxy;
  readonly say: (line: string) => void;
}

export function commandsOf({ cli, folder, environment, proxy, say }: CommandOptions): Commands {
  return {
    rolewright: async (exitCode, ...args) => {
      say(styleText('dim', `$ rolewright ${args.join(' ')}`));
      const before = proxy.calls().length;
      await runNode(cli, [...args, '--cwd', folder], { ...environment, KEYCLOAK_URL: proxy.url }, { exitCode });
      const calls = proxy
        .calls()
        .slice(before)
        .filter(({ path }) => path.startsWith('/admin/'));
      const writes = calls.filter(({ isWrite }) => isWrite).length;
      const counted =
        calls.length === 0
          ? 'no call to the server'
          : `${calls.length} calls of the admin API, ${writes} of them writes`;
      // `check` never asks a server anything.
      if (args[0] !== 'check') say(styleText('cyan', `  → ${counted}`));
    },
    printed: async (...args) =>
      JSON.parse(await runNode(cli, [...args, '--cwd', folder], environment, { quiet: true })),
  };
}
