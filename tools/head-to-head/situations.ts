import type { Fault } from '../../src/emulator/start-emulator.ts';
import type { RoleDeclaration } from './declaration.ts';
import { viewer } from './declaration.ts';

/** One change, or none, made to the same start with each tool. */
export interface Situation {
  readonly id: string;
  readonly title: string;
  /** One sentence for the page, markdown. */
  readonly what: string;
  /** What becomes of the role Viewer. */
  readonly after: RoleDeclaration;
  /** Whether the tool's own safety switches are on. */
  readonly isGuarded: boolean;
  /** What goes wrong while it is applied; mended then, and applied once more. */
  readonly fault: Fault | null;
}

/** Every grant is answered with 503, however often it is tried. */
const refuseGrants: Fault = {
  match: { method: 'POST', path: /\/roles\/[^/]+\/permissions$/ },
  times: 1000,
  answer: { status: 503 },
};

const plain = { isGuarded: false, fault: null } as const;

/** M1 to M7, in order. Each begins from the same tenant: Viewer with two permissions and one holder, Auditor with one. */
export const situations: readonly Situation[] = [
  {
    ...plain,
    id: 'M1',
    title: 'Nothing has changed',
    what: 'The same declaration is applied once more.',
    after: viewer,
  },
  {
    ...plain,
    id: 'M2',
    title: 'A grant that fails',
    what:
      'Viewer gets `read:exports` too, and the tenant answers every grant with 503, the retries included (three with each ' +
      'tool). Then the tenant is well again, and the same declaration is applied once more.',
    after: withPermissions('read:apps', 'read:exports', 'read:reports'),
    fault: refuseGrants,
  },
  {
    ...plain,
    id: 'M3',
    title: 'A permission taken away, behind the safety switch',
    what:
      'Viewer loses `read:reports`. The switch is `AUTH0_ALLOW_DELETE=false`, `protect: true` on every resource, and ' +
      '`maximumRemoval: 25%` with `protect: true`.',
    after: withPermissions('read:apps'),
    isGuarded: true,
  },
  {
    ...plain,
    id: 'M4',
    title: 'The list of permissions left out',
    what: 'The key itself is forgotten: `permissions:`, `permissions`, `grants:`. The switches of M3 are on.',
    after: { ...viewer, permissions: null },
    isGuarded: true,
  },
  {
    ...plain,
    id: 'M5',
    title: 'One permission exchanged for another',
    what: 'Viewer has `delete:users` in place of `read:reports`.',
    after: withPermissions('delete:users', 'read:apps'),
  },
  {
    ...plain,
    id: 'M6a',
    title: 'A role renamed, by the means that there are',
    what:
      'Viewer becomes Reader. auth0-deploy-cli has no means; in Pulumi the program says `aliases`, and Rolewright ' +
      '`formerly`.',
    after: { ...viewer, name: 'reader', title: 'Reader', formerly: 'viewer' },
  },
  {
    ...plain,
    id: 'M6b',
    title: 'A role renamed, and nobody says so',
    what: 'The same without `aliases` and `formerly`.',
    after: { ...viewer, name: 'reader', title: 'Reader' },
  },
  {
    ...plain,
    id: 'M7a',
    title: 'A misspelt key',
    what: '`permisions` for `permissions`, `grnts` for `grants`.',
    after: { ...viewer, slip: 'misspelt key' },
  },
  {
    ...plain,
    id: 'M7b',
    title: 'A permission that does not say of which API it is',
    what:
      'The identifier of the API is left out. Rolewright has no place for one; what can be left out there is the section ' +
      'in front of the name.',
    after: { ...viewer, slip: 'no API' },
  },
  {
    ...plain,
    id: 'M7c',
    title: 'A permission that no API has',
    what: '`read:reprots`.',
    after: withPermissions('read:apps', 'read:reprots'),
  },
];

function withPermissions(...permissions: readonly string[]): RoleDeclaration {
  return { ...viewer, permissions };
}
