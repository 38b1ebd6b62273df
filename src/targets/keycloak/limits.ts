import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { DesiredApplication, DesiredState } from '../../model/desired-state.ts';
import { longestText } from './longest-text.ts';
import { isOwnClient, isOwnRole } from './own-objects.ts';
import { realmAddress } from './realm-address.ts';

/** What Keycloak would refuse of a desired state, or carry out otherwise than it is meant. */
export function checkLimits({ environment, applications }: Omit<DesiredState, 'digest'>): readonly Diagnostic[] {
  const realm = realmAddress(environment.tenant)?.realm ?? '';
  return applications.flatMap((application) => [
    ...client(application, realm, environment.name),
    ...application.scopes.flatMap(({ value, description }) => [
      ...length(`the scope ${value} of ${application.name}`, value),
      ...length(`the description of the scope ${value} of ${application.name}`, description),
    ]),
    ...application.roles.flatMap(({ name, title, description }) => {
      const role = `${application.name}/${name}`;
      return [
        ...length(`the description of ${role}`, description),
        ...step(`the title of ${role}`, title),
        ...(isTaken(title, realm) ? [diagnostic('RW4212', null, { role, title, realm }, { help: otherTitle })] : []),
      ];
    }),
    ...defaultRole(application, environment.name),
  ]);
}

const otherTitle = 'give it another title';

function client({ name, audience }: DesiredApplication, realm: string, environment: string): Diagnostic[] {
  const help = 'give the application an audience of its own';
  return [
    ...length(`the audience of ${name} in ${environment}`, audience),
    ...(isOwnClient(audience, realm) ? [diagnostic('RW4213', null, { application: name, audience }, { help })] : []),
  ];
}

/** Keycloak names the default role of a realm after it, in lower case. */
function isTaken(title: string, realm: string): boolean {
  return isOwnRole(title, realm) || title === `default-roles-${realm.toLowerCase()}`;
}

/** Keycloak has one kind of default: everybody in the realm holds it, always. */
function defaultRole({ name, roles, provisioning }: DesiredApplication, environment: string): Diagnostic[] {
  if (provisioning === undefined) return [];
  const problems: Diagnostic[] = [];
  const narrowed = roles.find(({ kind }) => kind !== 'role');
  if (narrowed !== undefined) {
    const parameters = { role: `${name}/${provisioning.default}`, environment, restricted: `${name}/${narrowed.name}` };
    const help = 'remove the policy, and assign the role by name; or do without restrictions in this application';
    problems.push(diagnostic('RW4210', null, parameters, { help }));
  }
  const domains = provisioning.byEmailDomain.map(({ domain }) => domain);
  if (domains.length > 0) {
    const help = 'remove the rules, and assign their roles by name';
    problems.push(diagnostic('RW4211', null, { application: name, environment, domains }, { help }));
  }
  return problems;
}

function length(what: string, text: string): Diagnostic[] {
  const rule = `has ${text.length} characters, and at most ${longestText} are taken`;
  return text.length > longestText ? [diagnostic('RW4203', null, { what, rule })] : [];
}

/** Roles are looked up by a path with their name in it, and every client on the way takes these for steps in it. */
function step(what: string, text: string): Diagnostic[] {
  return text === '.' || text === '..'
    ? [diagnostic('RW4203', null, { what, rule: 'is a step in a path, and Keycloak would not find the role by it' })]
    : [];
}
