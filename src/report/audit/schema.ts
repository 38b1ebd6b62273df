import type { Audit, AuditCoverage } from '../../analysis/audit/audit.ts';
import type { AuditComparison, FindingState } from '../../analysis/audit/compare-audits.ts';
import type {
  AuditFinding,
  AuditPermission,
  AuditPerson,
  AuditRole,
  AuditRule,
  AuditSource,
  FindingCode,
  Titled,
  Weight,
} from '../../analysis/audit/finding.ts';
import { weights } from '../../analysis/audit/finding.ts';
import type { JsonSchema } from '../../language/published-schema.ts';
import type { Purpose } from '../../model/definitions.ts';
import { count, flag, list, listOf, object, orNull, ref, text, words } from '../typed-schema.ts';
import type { AuditReport } from './json.ts';
import { personalData } from './json.ts';

/** Where the schema of an audit is known; part of the contract. */
export const auditSchemaId = 'https://rolewright.dev/schemas/audit-v1.schema.json';

/** The JSON Schema (draft-07) of what `audit --format json` prints. The compiler holds it to the types. */
export function auditSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: auditSchemaId,
    title: 'Rolewright audit',
    description:
      'Who holds what in a tenant against what is declared, as `rolewright audit --format json` prints it. It holds ids and addresses of people.',
    ...object<AuditReport>({
      schemaVersion: { const: 1 },
      stack: text,
      purpose: words<Purpose>({ development: true, staging: true, production: true }),
      tenant: text,
      asOf: text,
      model: text,
      coverage: ref('AuditCoverage'),
      summary: object<Audit['summary']>({ violations: count, reviewItems: count }),
      findingsDigest: text,
      personalData: { const: personalData },
      since: orNull(ref('AuditComparison')),
      findings: listOf('AuditFinding'),
    }),
    definitions: definitions(),
  };
}

function definitions(): Readonly<Record<string, JsonSchema>> {
  const role = { reference: orNull(text), title: text, id: orNull(text) };
  return {
    AuditCoverage: object<AuditCoverage>({
      people: count,
      roles: count,
      directPermissions: words<AuditCoverage['directPermissions']>({ nobody: true, holders: true, everybody: true }),
      unlistedUsers: count,
      organizations: orNull(count),
    }),
    AuditFinding: object<AuditFinding>({
      code: words<FindingCode>(trueForEach(weights)),
      weight: words<Weight>({ violation: true, review: true }),
      application: orNull(object<Titled>({ name: text, title: text })),
      person: orNull(object<AuditPerson>({ id: text, address: orNull(text) })),
      organization: orNull(text),
      role: orNull(object<AuditRole>(role)),
      rule: orNull(ref('AuditRule')),
      permissions: listOf('AuditPermission'),
      markers: list(text),
      through: listOf('AuditSource'),
      found: orNull(count),
      limit: orNull(count),
      day: orNull(text),
    }),
    AuditRule: object<AuditRule>({
      kind: words<AuditRule['kind']>({ constraint: true, guard: true, assignment: true, provisioning: true }),
      name: text,
      place: text,
    }),
    AuditPermission: object<AuditPermission>({
      reference: orNull(text),
      scope: text,
      title: text,
      level: orNull(text),
      sensitive: flag,
      through: listOf('AuditSource'),
    }),
    AuditSource: {
      anyOf: [
        object<Extract<AuditSource, { kind: 'role' }>>({ kind: { const: 'role' }, ...role }),
        object<Extract<AuditSource, { kind: 'direct' }>>({ kind: { const: 'direct' } }),
      ],
    },
    AuditComparison: object<AuditComparison>({
      signed: object<AuditComparison['signed']>({ reviewer: text, signedAt: text, note: orNull(text), asOf: text }),
      sameModel: flag,
      states: list(words<FindingState>({ new: true, changed: true, unchanged: true })),
      gone: listOf('AuditFinding'),
      unseen: listOf('AuditFinding'),
      summary: object<AuditComparison['summary']>({ new: count, changed: count, unchanged: count }),
    }),
  };
}

function trueForEach<K extends string>(record: Readonly<Record<K, unknown>>): Readonly<Record<K, true>> {
  return Object.fromEntries(Object.keys(record).map((key) => [key, true])) as Record<K, true>;
}
