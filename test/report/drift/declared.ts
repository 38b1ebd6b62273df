import type { SourceFile } from '../../../src/language/source.ts';
import type { DesiredState } from '../../../src/model/desired-state.ts';
import { build } from '../../../src/pipeline.ts';
import { caseOptions, written } from '../../support/cases.ts';
import { sampleDocuments } from '../sample-documents.ts';

const till = `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: till
spec:
  version: 1.0.0
  sections:
    - name: sales
      permissions:
        - name: sell
        - name: refund
          sensitive: true
---
apiVersion: rolewright/v1
kind: Role
metadata:
  application: till
  name: cashier
spec:
  grants:
    - sales/sell
`;

const assignment = `apiVersion: rolewright/v1
kind: Assignment
metadata:
  application: desk
  name: chat-contacts
spec:
  role: chat-owners
  users:
    - id: auth0|1
      reason: Contact for chat (OPS-1)
    - id: auth0|2
      reason: Stands in (OPS-2)
`;

const environment = `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: dev
spec:
  purpose: development
  tenant: loopback
  applications:
    - name: desk
      audience: https://desk.example
      tokenLifetime: 1h
    - name: till
      audience: https://till.example
      tokenLifetime: 1h
`;

/** Two applications: one with a custom role and people, and one without apps. */
export const driftDocuments: readonly SourceFile[] = [
  ...sampleDocuments.filter(({ path }) => path !== 'roles/environments/dev.yaml'),
  { path: 'roles/desk/assignments/chat-contacts.yaml', text: assignment },
  { path: 'roles/environments/dev.yaml', text: environment },
  { path: 'roles/till/catalog.yaml', text: till },
];

/** What is declared for their environment. */
export function driftDesired(): DesiredState {
  const [desired, diagnostics] = build(driftDocuments, 'dev', caseOptions);
  if (desired === null) throw new Error(written(diagnostics));
  return desired;
}
