import { formatPlace } from '../../src/language/source.ts';
import type { DesiredApplication, DesiredRole, DesiredState } from '../../src/model/desired-state.ts';
import type { EffectiveModel, HeldPermission, Step } from '../../src/model/effective-model.ts';

/** What every role holds, with every chain of lines that gives it, as a case writes it down. */
export function effectiveText({ applications }: EffectiveModel): string {
  return applications
    .flatMap(({ definition, roles, customRoles, assignments }) =>
      [...roles, ...customRoles, ...assignments].flatMap((role) => [
        `${definition.name}/${role.definition.name}  ${role.kind}`,
        ...role.permissions.flatMap((held) => [`    ${referenceOf(held)}`, ...held.chains.map(chainText)]),
      ]),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** What the identity provider should hold, as a case writes it down; the digest is left out. */
export function desiredText({ applications }: DesiredState): string {
  return applications
    .flatMap(applicationLines)
    .map((line) => `${line}\n`)
    .join('');
}

/** A permission that is held, as it is written in a document of its application. */
export function referenceOf({ permission, level }: HeldPermission): string {
  return level === null ? permission : `${permission}:${level}`;
}

function chainText(chain: readonly Step[]): string {
  return `        ${chain.map(({ kind, role, names, place }) => `${role} ${kind} ${names} (${formatPlace(place)})`).join(', ')}`;
}

function applicationLines(application: DesiredApplication): readonly string[] {
  const { name, audience, tokenLifetimeSeconds, scopes, roles, holders } = application;
  return [
    `${name}  ${audience}  ${tokenLifetimeSeconds} s`,
    ...scopes.map((scope) =>
      [
        `    ${scope.value}`,
        scope.kind,
        scope.reference,
        `"${scope.description}"`,
        ...(scope.sensitive ? ['sensitive'] : []),
      ].join('  '),
    ),
    ...roles.flatMap(roleLines),
    ...holders.map(({ role, account }) => `    ${account.by === 'id' ? account.id : account.email} holds ${role}`),
  ];
}

function roleLines({ name, kind, title, description, formerly, scopes }: DesiredRole): readonly string[] {
  const former = formerly.length === 0 ? [] : [`formerly ${formerly.join(', ')}`];
  return [
    [`    ${name}`, kind, `"${title}"`, `"${description}"`, ...former].join('  '),
    ...scopes.map((scope) => `        ${scope}`),
  ];
}
