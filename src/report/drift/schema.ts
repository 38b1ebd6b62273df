import type { JsonSchema } from '../../language/published-schema.ts';
import type {
  AccessElsewhere,
  ApiDeviation,
  CatalogDeviation,
  Danger,
  DangerReason,
  Deviation,
  Differing,
  Drift,
  DriftExtent,
  DriftSummary,
  HolderDeviation,
  Repair,
  RoleDeviation,
} from '../../model/drift.ts';
import type { Access, Direction } from '../../model/plan.ts';
import { count, flag, list, listOf, object, orNull, ref, text, words } from '../typed-schema.ts';

/** Where the schema of drift is known; part of the contract. */
export const driftSchemaId = 'https://rolewright.dev/schemas/drift-v1.schema.json';

/**
 * The JSON Schema (draft-07) of what `drift --format json` prints. The compiler holds it to the types, as that of a difference.
 */
export function driftSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: driftSchemaId,
    title: 'Rolewright drift',
    description: 'How a tenant differs from what is declared for it, as `rolewright drift --format json` prints it.',
    ...object<Drift>({
      schemaVersion: { const: 1 },
      stack: text,
      tenant: text,
      deviations: list({ anyOf: Object.values(deviations).map(ref) }),
      extent: ref('DriftExtent'),
      summary: ref('DriftSummary'),
    }),
    definitions: definitions(),
  };
}

/** The definition of each kind. */
const deviations: Readonly<Record<Deviation['subject'], string>> = {
  api: 'ApiDeviation',
  catalog: 'CatalogDeviation',
  role: 'RoleDeviation',
  holder: 'HolderDeviation',
};

const direction = words<Direction>({ widening: true, narrowing: true, neutral: true });
const common = {
  application: text,
  direction,
  dangers: listOf('Danger'),
  repairs: list(words<Repair>({ up: true, adopt: true, 'by-hand': true })),
};
const texts = object<Differing<string>>({ declared: text, observed: text });

function definitions(): Readonly<Record<string, JsonSchema>> {
  return {
    ApiDeviation: object<ApiDeviation>({
      subject: { const: 'api' },
      situation: words<ApiDeviation['situation']>({ missing: true, differs: true }),
      ...common,
      audience: text,
      retitled: orNull(texts),
      enforcement: orNull(object<Differing<boolean>>({ declared: flag, observed: flag })),
      tokenLifetimeSeconds: orNull(object<Differing<number>>({ declared: count, observed: count })),
    }),
    CatalogDeviation: object<CatalogDeviation>({
      subject: { const: 'catalog' },
      ...common,
      more: listOf('Access'),
      less: listOf('Access'),
      redescribed: listOf('Access'),
    }),
    RoleDeviation: object<RoleDeviation>({
      subject: { const: 'role' },
      situation: words<RoleDeviation['situation']>({ differs: true, missing: true, undeclared: true, twin: true }),
      ...common,
      role: orNull(text),
      title: text,
      id: orNull(text),
      knownBy: orNull(
        words<NonNullable<RoleDeviation['knownBy']>>({ marker: true, description: true, permissions: true }),
      ),
      retitled: orNull(texts),
      redescribed: orNull(texts),
      more: listOf('Access'),
      less: listOf('Access'),
      elsewhere: listOf('AccessElsewhere'),
    }),
    HolderDeviation: object<HolderDeviation>({
      subject: { const: 'holder' },
      ...common,
      role: text,
      title: text,
      account: text,
      assignment: text,
    }),
    AccessElsewhere: object<AccessElsewhere>({
      audience: text,
      application: orNull(text),
      access: listOf('Access'),
    }),
    Access: object<Access>({
      scopes: list(text),
      reference: orNull(text),
      title: text,
      level: orNull(text),
      kind: words<Access['kind']>({
        permission: true,
        app: true,
        vendor: true,
        reseller: true,
        restriction: true,
        unknown: true,
      }),
      sensitive: flag,
    }),
    Danger: object<Danger>({
      harm: words<Danger['harm']>({ escalation: true, outage: true }),
      reason: words<DangerReason>({
        'roles-not-enforced': true,
        'restriction-lifted': true,
        'restriction-exchanged': true,
        'sensitive-access': true,
        'undeclared-access': true,
        'same-title': true,
        'longer-tokens': true,
        'api-missing': true,
        'marker-missing': true,
        'markers-clash': true,
        'restriction-laid-on': true,
      }),
    }),
    DriftExtent: object<DriftExtent>({
      rolesRead: count,
      rolesDeclared: count,
      rolesLeftOut: count,
      peopleCompared: flag,
      rolesWithPeople: count,
    }),
    DriftSummary: object<DriftSummary>({
      widening: count,
      narrowing: count,
      neutral: count,
      apisDiffering: count,
      rolesDiffering: count,
      rolesMissing: count,
      rolesUndeclared: count,
      permissionsMore: count,
      permissionsLess: count,
      peopleMissing: count,
      dangerous: count,
      outages: count,
    }),
  };
}
