import type { JsonSchema } from '../../language/published-schema.ts';
import type {
  CatalogDifference,
  CatalogEntry,
  EnvironmentDifference,
  ProvisioningDifference,
} from '../../model/application-difference.ts';
import type { ControlChange, Difference, DifferenceSummary, SidePlace } from '../../model/difference.ts';
import { count, flag, list, listOf, object, orNull, ref, text, words } from '../typed-schema.ts';
import { action, direction, severity } from './schema-words.ts';
import { subjectDefinitions } from './subject-schema.ts';

/** Where the schema of a difference is known; part of the contract. */
export const differenceSchemaId = 'https://rolewright.dev/schemas/difference-v1.schema.json';

/**
 * The JSON Schema (draft-07) of what `diff --format json` prints. The compiler holds it to the types: each function below asks for
 * exactly the fields, or the words, of the type that it is given.
 */
export function differenceSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: differenceSchemaId,
    title: 'Rolewright difference',
    description:
      'What differs between two sides of a repository of permissions, as `rolewright diff --format json` prints it.',
    ...object<Difference>({
      schemaVersion: { const: 1 },
      base: text,
      head: text,
      control: listOf('ControlChange'),
      catalogs: listOf('CatalogDifference'),
      subjects: listOf('SubjectDifference'),
      causes: listOf('CauseDifference'),
      reachCauses: listOf('ReachCause'),
      provisioning: listOf('ProvisioningDifference'),
      environments: listOf('EnvironmentDifference'),
      summary: ref('DifferenceSummary'),
    }),
    definitions: definitions(),
  };
}

function definitions(): Readonly<Record<string, JsonSchema>> {
  return {
    ControlChange: object<ControlChange>({
      subject: words<ControlChange['subject']>({
        constraint: true,
        exception: true,
        guard: true,
        protection: true,
        purpose: true,
        sensitive: true,
        restrictedBy: true,
        covers: true,
        silence: true,
        'role-test': true,
        settings: true,
        workflow: true,
        'policy-pack': true,
        codeowners: true,
      }),
      action: words<ControlChange['action']>({ added: true, removed: true, changed: true }),
      application: orNull(text),
      name: text,
      detail: text,
      loosens: orNull(flag),
      place: orNull(ref('SidePlace')),
    }),
    CatalogDifference: object<CatalogDifference>({
      application: text,
      title: text,
      action: action,
      renamedFrom: orNull(text),
      version: object<CatalogDifference['version']>({ base: orNull(text), head: orNull(text) }),
      calls: words<CatalogDifference['calls']>({ major: true, minor: true, patch: true, none: true }),
      versionIsEnough: flag,
      changes: listOf('CatalogEntry'),
    }),
    CatalogEntry: object<CatalogEntry>({
      subject: words<CatalogEntry['subject']>({
        application: true,
        section: true,
        permission: true,
        level: true,
        app: true,
        vendor: true,
        reseller: true,
      }),
      name: text,
      title: text,
      change: words<CatalogEntry['change']>({
        added: true,
        removed: true,
        renamed: true,
        retitled: true,
        described: true,
        reordered: true,
        changed: true,
      }),
      was: orNull(text),
      place: ref('SidePlace'),
    }),
    ...subjectDefinitions(),
    ProvisioningDifference: object<ProvisioningDifference>({
      application: text,
      rule: text,
      connection: orNull(text),
      base: orNull(text),
      head: orNull(text),
      direction: direction,
      severity: severity,
      place: ref('SidePlace'),
    }),
    EnvironmentDifference: object<EnvironmentDifference>({
      name: text,
      action: action,
      renamedFrom: orNull(text),
      details: list(text),
      place: ref('SidePlace'),
    }),
    DifferenceSummary: object<DifferenceSummary>({
      widening: count,
      narrowing: count,
      subjectsNew: count,
      subjectsRemoved: count,
      subjectsChanged: count,
      renamed: count,
      permissionsGained: count,
      permissionsLost: count,
      reachGained: count,
      reachLost: count,
      peopleGained: count,
      peopleLost: count,
      sensitive: count,
      reserved: count,
      control: count,
      loosening: count,
      removedShare: { type: 'number', minimum: 0, maximum: 1 },
    }),
    SidePlace: object<SidePlace>({
      side: words<SidePlace['side']>({ base: true, head: true }),
      file: text,
      line: count,
      column: count,
      endLine: count,
      endColumn: count,
    }),
  };
}
