import type { Command } from 'commander';
import { Argument, Option } from 'commander';
import type { Shell } from '../completion/scripts.ts';
import { examples } from '../options.ts';
import { outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

/** `rolewright completion SHELL`, and the hidden verb that the scripts of the shells ask. */
export function addCompletion(program: Command): void {
  const command = program
    .command('completion')
    .summary('print the completion of a shell')
    .description(
      'Prints what a shell needs to complete verbs, flags, stacks, roles and permissions. Names come from the documents ' +
        'of the current folder, each time they are asked for.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      examples([
        ['completion bash > ~/.local/share/bash-completion/completions/rolewright', ''],
        ['completion zsh > ~/.zfunc/_rolewright', 'in a folder of $fpath'],
        ['completion fish > ~/.config/fish/completions/rolewright.fish', ''],
      ]),
    );
  command.action((shell: Shell) =>
    runCommand(command, async (host) => {
      host.out((await import('../completion/scripts.ts')).scripts[shell]);
      return outcome();
    }),
  );
  program
    .command('complete', { hidden: true })
    .addOption(new Option('--breaks <characters>', 'characters at which the shell cuts words'))
    .argument('[words...]')
    .action(async (words: readonly string[], { breaks }: { readonly breaks?: string }) => {
      // Whatever goes wrong, somebody is typing: there is nothing to offer then, and nothing to say.
      try {
        const { complete } = await import('../completion/complete.ts');
        const lines = await complete(program, words, breaks ?? null, process.cwd());
        process.stdout.write(lines.map((line) => `${line}\n`).join(''));
      } catch {
        process.exitCode = 0;
      }
    });
}
