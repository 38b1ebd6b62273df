import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Questions that people ask, each with the command that answers it on this repository. */
const questions: readonly (readonly [question: string, ...args: string[]])[] = [
  ['Is everything right?', 'check'],
  ['Do the roles do what we expect?', 'test'],
  ['Why can Basic User not edit Spend Data?', 'explain', 'productiv/basic-user', 'productiv/data/spend-data:edit'],
  [
    'What does a warehouse role lose without Can View Inventory?',
    'explain',
    'flex-rental/warehouse-lead',
    'flex-rental/inventory/view-inventory',
  ],
  [
    'I work at the front desk and do not see the Inventory Worksheet.',
    'explain',
    'flex-rental/front-desk',
    '--area',
    'Inventory Worksheet',
  ],
  ['Who can edit the spend of Slack?', 'who-can', 'productiv/data/spend-data:edit', '--app', 'productiv/slack'],
  ['What is a Collaboration Owner?', 'show', 'productiv/collaboration-owners'],
  ['Who may do what in Productiv?', 'matrix', '--application', 'productiv'],
];

/** `docs/answers.md`: real commands with their real output. */
export function answersPage(): string {
  const answers = questions.map(([question, ...args]) => {
    const { stdout, stderr, status } = rolewright(args);
    if (status !== 0) throw new Error(`rolewright ${args.join(' ')} ended with ${status}: ${stderr}`);
    return `## ${question}\n\n\`\`\`\n$ rolewright ${args.map(word).join(' ')}\n${stdout}${stderr}\`\`\`\n`;
  });
  return `# Questions and answers\n\nReal commands on this repository's three catalogs, with what they print. Made by \`npm run generate\`; a test fails while it is\nout of date.\n\n${answers.join('\n')}`;
}

function rolewright(args: readonly string[]) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: '1' };
  const cli = join(root, 'src/cli/start.mjs');
  // What expires must not change the page from one day to the next.
  const asOf = ['--as-of', '2026-11-21'];
  return spawnSync(process.execPath, [cli, ...args, ...asOf], { cwd: root, env, encoding: 'utf8' });
}

function word(text: string): string {
  return /^[\w/:.-]+$/u.test(text) ? text : `"${text}"`;
}
