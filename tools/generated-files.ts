import type { Entry } from '../src/language/catalogue/entry.ts';
import { catalogue } from '../src/language/catalogue.ts';
import { publishedSchema } from '../src/language/published-schema.ts';
import { auditSchema } from '../src/report/audit/schema.ts';
import { differenceSchema } from '../src/report/difference/schema.ts';
import { driftSchema } from '../src/report/drift/schema.ts';
import { answersPage } from './answers-page.ts';
import { lintsPage } from './lints-page.ts';
import { referencePage } from './reference-page.ts';
import { scopesPage } from './scopes-page.ts';

/** The text of each file that is made from the code, by its path in the repository. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return {
    'schemas/rolewright-v1.schema.json': `${JSON.stringify(publishedSchema(), null, 2)}\n`,
    'schemas/audit-v1.schema.json': `${JSON.stringify(auditSchema(), null, 2)}\n`,
    'schemas/difference-v1.schema.json': `${JSON.stringify(differenceSchema(), null, 2)}\n`,
    'schemas/drift-v1.schema.json': `${JSON.stringify(driftSchema(), null, 2)}\n`,
    'docs/diagnostics.md': diagnosticsPage(),
    'docs/lints/README.md': lintsPage(),
    'docs/reference.md': referencePage(),
    'docs/answers.md': answersPage(),
    'docs/auth0-scopes.md': scopesPage(),
  };
}

const rooms = [
  ['RW1', 'Reading YAML, and the shape of a document'],
  ['RW2', 'Names, titles, scopes and references'],
  ['RW3', 'Permissions, roles, custom roles, provisioning'],
  ['RW4', 'Environments, and the limits of the identity provider'],
  ['RW5', 'Assignments, constraints and role tests'],
  ['RW6', 'The engine, the stack and the tenant'],
  ['RW7', 'Lints'],
] as const;

function diagnosticsPage(): string {
  const codes = Object.entries(catalogue as Readonly<Record<string, Entry>>).sort(([a], [b]) => (a < b ? -1 : 1));
  const sections = rooms.map(([prefix, title]) => {
    const rows = codes.filter(([code]) => code.startsWith(prefix));
    const lines = rows.map(([code, { severity, meaning, exitCode = 1 }]) => {
      const exit = severity === 'error' ? String(exitCode) : '0';
      return `| <a id="${code.toLowerCase()}"></a>${code} | ${severity} | ${exit} | ${meaning.replaceAll('<', '&lt;').replaceAll('|', '\\|')} |`;
    });
    return `## ${title}\n\n| code | severity | exit | what it means |\n|---|---|---|---|\n${lines.join('\n')}\n`;
  });
  return `# Diagnostics\n\nEvery problem that Rolewright reports has a code that never changes its meaning. This page is made from the code by\n\`npm run generate\`. "exit" is the exit code of a run that ends with it; with \`--strict\`, advice and warnings end with 1 too.\n\n${sections.join('\n')}`;
}
