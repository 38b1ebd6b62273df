import type { Command } from 'commander';
import { Option } from 'commander';
import { editorSchemaPath, editorSchemaText, isEditorSchemaCurrent, writeEditorSchema } from '../editor-schema-file.ts';
import { exitCodes } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { examples, formatOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { outcome } from '../outcome.ts';
import { runCommand } from '../run-command.ts';

interface SchemaOptions {
  readonly format: 'text' | 'json';
  readonly published?: boolean;
  readonly check?: boolean;
}

/** `rolewright schema`. */
export function addSchema(program: Command): void {
  const command = program
    .command('schema')
    .summary("write the editor's schema, with this repository's names")
    .description(
      "Writes .rolewright/schema.json, from which an editor completes this repository's permissions, roles and apps.",
    )
    .addOption(new Option('--published', 'print the schema of the language itself instead').conflicts('check'))
    .option('--check', 'change nothing; exit with 1 if the file is missing or old')
    .addHelpText(
      'after',
      examples([
        ['schema', 'after pulling, for completion and hover in the editor'],
        ['schema --published > rolewright-v1.schema.json', 'the structure alone, for other tools'],
      ]),
    );
  for (const option of formatOptions(['text', 'json'])) command.addOption(option);
  command.action(() => runCommand(command, (host) => schemaBody(host, command.opts<SchemaOptions>())));
}

async function schemaBody(host: Host, { published = false, check = false, format }: SchemaOptions): Promise<Outcome> {
  if (published) {
    const { publishedSchema } = await import('../../language/published-schema.ts');
    host.out(`${JSON.stringify(publishedSchema(), null, 2)}\n`);
    return outcome();
  }
  const { loadSources } = await import('../../language/load.ts');
  const [files, diagnostics] = await loadSources(host.root);
  const text = await editorSchemaText(files);
  const current = await isEditorSchemaCurrent(host, text);
  if (!check) await writeEditorSchema(host, text);
  if (format === 'json') {
    const { jsonText } = await import('../../report/json.ts');
    host.out(jsonText({ schemaVersion: 1, path: editorSchemaPath, current, written: !check && !current }));
  }
  if (!check) return outcome({ files, diagnostics, closing: `${editorSchemaPath} is up to date` });
  const closing = current ? `${editorSchemaPath} is up to date` : `${editorSchemaPath} is old: run rolewright schema`;
  return outcome({ files, diagnostics, closing, exitCode: current ? exitCodes.clean : exitCodes.findings });
}
