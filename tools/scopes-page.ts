import type { ScopeUse } from '../src/targets/auth0/needed-scopes.ts';
import { dangerousScopes, scopeNeeds } from '../src/targets/auth0/needed-scopes.ts';

const introduction = `# What Rolewright may do at Auth0

Rolewright calls the Management API as a machine-to-machine application: \`AUTH0_DOMAIN\`, \`AUTH0_CLIENT_ID\` and
\`AUTH0_CLIENT_SECRET\`, or a token in \`AUTH0_API_TOKEN\`. Give that application what its stacks need and nothing else, in the
dashboard at Applications > APIs > Auth0 Management API > Machine to Machine Applications (or Application Access).

\`rolewright doctor\` lists what the stacks of the tenant need, and compares it with what is granted: what is missing is a finding with
what it is for, and what is dangerous and not needed is a remark. It asks for a token, or reads the one that is given, and calls nothing else
for it. \`rolewright doctor --json\` has the list under \`scopes\`, each with whether it is \`granted\`.

A pipeline that only previews can have an application of its own with nothing but the \`read:\` scopes: it can then change nothing,
whoever changes the pipeline. \`doctor\` says that it is enough for all but \`up\`.

The tables are made from the code by \`npm run generate\`. Auth0's own list of which operation needs which scope contradicts itself in
places; all that is named here is enough everywhere.
`;

const titles: Readonly<Record<ScopeUse, string>> = {
  always: 'Every stack',
  assignments: 'Where an Assignment is declared',
  provisioning: 'Where a ProvisioningPolicy is declared',
  audit: 'For `audit`, where the tenant has organizations',
};

const dangers = `## What it is better without

Each of these lets whoever has the credentials do far more than change roles. Some are needed all the same, \`update:users\` where people
are declared, \`create:actions\` and \`update:actions\` where a policy is: keep such credentials where only \`up\` on the main branch has them.
`;

/** `docs/auth0-scopes.md`: every scope that is needed, for what, and those that are dangerous. */
export function scopesPage(): string {
  const needed = Object.entries(titles).map(([use, title]) => {
    const rows = scopeNeeds.filter((need) => need.use === use).map(({ scope, to }) => `| \`${scope}\` | ${to} |`);
    return `## ${title}\n\n| scope | to |\n|---|---|\n${rows.join('\n')}\n`;
  });
  const rows = Object.entries(dangerousScopes).map(([scope, can]) => `| \`${scope}\` | ${can} |`);
  return [introduction, ...needed, dangers, `| scope | with it, one can |\n|---|---|\n${rows.join('\n')}\n`].join('\n');
}
