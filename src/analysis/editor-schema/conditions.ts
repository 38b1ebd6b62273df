import type { JsonSchema } from '../../language/published-schema.ts';
import { implies, ofKind } from '../../language/published-schema.ts';
import type { Kind } from '../../language/schema/kinds.ts';
import type { Application, TargetName } from '../../model/definitions.ts';
import { tenantWords } from '../../model/link/link-tenant.ts';
import { tenantForms } from '../../model/link/tenant-form.ts';
import type { ConstraintName, Name, OverallName } from './choices.ts';
import { choicesOf } from './choices.ts';
import type { Named } from './named.ts';
import { isOneOf, keys, suggestionOf } from './offers.ts';
import { sectionSnippets } from './permission-offers.ts';

/** What any document may name under `metadata`. */
export function metadataCondition({ value }: Named<OverallName>): JsonSchema {
  const silences = listOf(keys({ lint: value('lint') }));
  return keys({ metadata: keys({ application: value('application'), silences }) });
}

/** What the documents of an application may name: a condition on each kind of them. */
export function conditionsOf(application: Application, names: Named<Name>): readonly JsonSchema[] {
  const { entry, value } = names;
  const { permission, vendor } = choicesOf(application);
  const of = (kind: Kind, spec: Readonly<Record<string, JsonSchema>>) =>
    implies({ allOf: [ofKind(kind), metadataWith('application', application.name)] }, specOf(kind, keys(spec)));
  const permissions = listOf(entry('permission'));
  const apps = listOf(entry('app'));
  const held = keys({ role: value('holdable') });
  const requires = listOf(suggestionOf(permission));
  const sections = listOf(keys({ permissions: listOf(keys({ requires })) }));
  const covers = listOf(keys({ section: value('section'), except: listOf(entry('bare')) }));
  const grants = listOf(withSnippets(entry('permission'), sectionSnippets(application)));
  const expected = { can: permissions, cannot: permissions, exact: permissions };
  const subject = { role: value('role'), assignment: value('assignment'), app: value('app') };
  return [
    implies(
      { allOf: [ofKind('PermissionCatalog'), metadataWith('name', application.name)] },
      specOf('PermissionCatalog', keys({ sections })),
    ),
    of('Role', { inherits: listOf(entry('parent')), grants, covers }),
    of('AppDirectory', { apps: listOf(keys({ vendor: suggestionOf(vendor) })) }),
    of('CustomRole', { base: value('base'), apps }),
    of('Assignment', { role: value('holdable'), apps }),
    of('ProvisioningPolicy', { default: held, byEmailDomain: listOf(held) }),
    of('Constraint', constraintSpec(names)),
    of('RoleTest', { tests: listOf(keys({ ...subject, ...expected })) }),
  ];
}

/** What documents that belong to no application may name: environments, and constraints over several. */
export function overallConditions(names: Named<OverallName>): readonly JsonSchema[] {
  const guards = keys({ requiredRoles: listOf(keys({ role: names.value('holdable') })) });
  const environment = { applications: listOf(keys({ name: names.value('application') })), guards };
  const ofNone = { properties: { metadata: { not: { required: ['application'] } } }, required: ['metadata'] };
  return [
    implies(ofKind('Environment'), specOf('Environment', keys(environment))),
    implies(ofKind('Environment'), specOf('Environment', tenantOfTarget())),
    implies({ allOf: [ofKind('Constraint'), ofNone] }, specOf('Constraint', keys(constraintSpec(names)))),
  ];
}

/** Which tenants there are depends on the key beside it, which means Auth0 where it is not written. */
function tenantOfTarget(): JsonSchema {
  const tenant = (target: TargetName) => {
    const { source: pattern } = tenantForms[target];
    return keys({
      tenant: { type: 'string', pattern, patternErrorMessage: `Expected ${tenantWords[target].expected}.` },
    });
  };
  const onKeycloak = { properties: { target: isOneOf(['keycloak']) }, required: ['target'] };
  return { ...implies(onKeycloak, tenant('keycloak')), else: tenant('auth0') };
}

function constraintSpec({ entry, value }: Named<ConstraintName>): Readonly<Record<string, JsonSchema>> {
  const permissions = listOf(entry('permission'));
  const roles = listOf(entry('role'));
  const excepted = { role: value('role'), assignment: value('assignment'), permission: value('permission') };
  return {
    separate: keys({ permissions }),
    supervises: keys({ supervisor: value('role'), supervised: roles }),
    reserved: keys({ permissions, roles }),
    holders: keys({ role: value('role') }),
    never: keys({ permissions }),
    exceptions: listOf(keys(excepted)),
  };
}

function metadataWith(key: string, value: string): JsonSchema {
  const metadata = { properties: { [key]: isOneOf([value]) }, required: [key] };
  return { properties: { metadata }, required: ['metadata'] };
}

function specOf(kind: Kind, spec: JsonSchema): JsonSchema {
  return { title: kind, ...keys({ spec }) };
}

function listOf(items: JsonSchema): JsonSchema {
  return { items };
}

/** Only an entry that is being typed is no text yet: there, behind its dash, the snippets are right. */
function withSnippets(entry: JsonSchema, defaultSnippets: readonly JsonSchema[]): JsonSchema {
  return { allOf: [entry, { ...implies({ type: 'string' }, {}), else: { defaultSnippets } }] };
}
