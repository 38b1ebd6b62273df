import { lints } from '../src/analysis/lint/lints.ts';
import { lintCodes } from '../src/language/catalogue/lint-codes.ts';

const introduction = `# Lints

Advice on documents that are right and could be better. The name of a lint stands in brackets behind what it says. No lint
guesses: one that is wrong is a bug, please report it. The table is made from the code by \`npm run generate\`.
`;

const silencing = `## Silencing one

In the document that it is told of, with the reason. It silences the lint for all of the document, and one that silences
nothing is told itself.

\`\`\`yaml
metadata:
  silences:
    - lint: same-permissions
      reason: Kept apart until the teams are merged.
\`\`\`

## Levels

In \`rolewright.config.yaml\`, for the whole repository: \`off\`, \`advice\`, \`warning\` or \`error\`. What is an error in the table stays one,
unless the lint is \`off\`.

\`\`\`yaml
lints:
  file-name: off
  unheld-permission: warning
\`\`\`
`;

/** `docs/lints/README.md`: every lint with its codes, and how one is silenced. */
export function lintsPage(): string {
  const rows = lints.flatMap(({ name }) =>
    Object.entries(lintCodes)
      .filter(([, { lint }]) => lint === name)
      .map(([code, { severity, meaning }]) => `| [${name}](${name}.md) | ${code} | ${severity} | ${meaning} |`),
  );
  const heading = '| lint | code | level | what it finds |\n|---|---|---|---|';
  const table = `${heading}\n${rows.join('\n')}\n`;
  return `${introduction}
${table}
${silencing}`;
}
