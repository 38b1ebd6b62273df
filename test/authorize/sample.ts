import type { Policy } from '../../src/authorize/authorize.ts';
import type { SourceFile } from '../../src/language/source.ts';
import { compilePolicy } from '../../src/model/compile/compile-policy.ts';
import type { EffectiveModel } from '../../src/model/effective-model.ts';
import { check } from '../../src/pipeline.ts';

const header = (kind: string) => `apiVersion: rolewright/v1\nkind: ${kind}\nmetadata:`;

const documents = [
  `${header('PermissionCatalog')}
  name: shop
spec:
  version: 1.0.0
  sections:
    - name: data
      restrictedBy: apps
      permissions:
        - name: spend-data
          levels:
            - name: view
              alsoForVendors: true
              whenDenied:
                hidden:
                  - what an app costs
            - name: edit
              whenDenied:
                refused:
                  - change spend information
                remains:
                  - seeing it
            - name: approve
              scope: legacy-approve-spend
        - name: notes
          whenDenied:
            undocumented: Nobody has looked yet.
    - name: settings
      restrictedBy: nothing
      scopePrefix: shop-settings
      permissions:
        - name: manage-settings
`,
  `${header('AppDirectory')}
  application: shop
  name: apps
spec:
  vendors:
    - name: zoom-communications
      resellers:
        - softwareone
  apps:
    - name: figma
    - name: slack
      resellers:
        - cdw
    - name: zoom-workplace
      title: Zoom Workplace
      formerly:
        - zoom
      vendor: zoom-communications
`,
  `${header('Role')}
  application: shop
  name: viewer
spec:
  restrictable: true
  grants:
    - data/spend-data:view
`,
  `${header('Role')}
  application: shop
  name: editor
spec:
  restrictable: true
  inherits:
    - viewer
  grants:
    - data/notes
    - data/spend-data:edit
    - settings/manage-settings
`,
  `${header('CustomRole')}
  application: shop
  name: talk-owners
  formerly:
    - chat-owners
spec:
  base: editor
  apps:
    - slack
    - zoom-workplace
`,
  `${header('CustomRole')}
  application: shop
  name: figma-watchers
spec:
  base: viewer
  apps:
    - figma
`,
  `${header('Assignment')}
  application: shop
  name: slack-approvers
spec:
  role: editor
  apps:
    - slack
  users:
    - id: auth0|6553da60a54af58e29493993
`,
  `${header('Assignment')}
  application: shop
  name: talkers
spec:
  role: talk-owners
  users:
    - id: auth0|6553da60a54af58e29493994
`,
  `${header('PermissionCatalog')}
  name: ledger
spec:
  version: 1.0.0
  sections:
    - name: books
      restrictedBy: apps
      permissions:
        - name: read
        - name: write
`,
  // An AppDirectory, but no role that may be narrowed: no role carries a marker.
  `${header('AppDirectory')}
  application: ledger
  name: apps
spec:
  apps:
    - name: zoom
`,
  `${header('Role')}
  application: ledger
  name: reader
spec:
  grants:
    - books/read
`,
  `${header('Environment')}
  name: production
spec:
  purpose: production
  tenant: acme.eu.auth0.com
  applications:
    - name: ledger
      audience: https://ledger.example
    - name: shop
      audience: https://shop.example
`,
  `${header('Environment')}
  name: dev
spec:
  purpose: development
  tenant: loopback
  applications:
    - name: shop
      audience: https://shop.dev.example
`,
];

/** A small repository: renamed apps and roles, vendors and resellers, all kinds of scopes, and an application without markers. */
export const sampleFiles: readonly SourceFile[] = documents.map((text, index) => ({
  path: `roles/${String(index).padStart(2, '0')}.yaml`,
  text,
}));

/** The model of files that are right. */
export function modelOf(files: readonly SourceFile[]): EffectiveModel {
  const [model, problems] = check(files);
  if (model === null) throw new Error(JSON.stringify(problems, null, 2));
  return model;
}

/** The policies of an environment as a service reads them: through JSON. */
export function policiesOf(model: EffectiveModel, environment: string): readonly Policy[] {
  return JSON.parse(JSON.stringify(compilePolicy(model, environment)[0])) as readonly Policy[];
}

/** One of them. */
export function policyOf(model: EffectiveModel, environment: string, application: string): Policy {
  const policy = policiesOf(model, environment).find((one) => one.application === application);
  if (policy === undefined) throw new Error(`${environment} has no ${application}`);
  return policy;
}

/** Noon of a day, in seconds; the time of every decision here. */
export const now = 1_800_000_000;

/** The payload of a person's access token as Auth0 issues it (access_token_authz). */
export function claimsOf(policy: Policy, permissions: readonly string[]): Record<string, unknown> {
  return {
    iss: policy.issuer,
    sub: 'auth0|6553da60a54af58e29493993',
    aud: [policy.audience, `${policy.issuer}userinfo`],
    iat: now - 60,
    exp: now + 3600,
    scope: 'openid profile',
    azp: 'K1AUPhZq8mRi0Q0pjhkfu1D7y6KjDQja',
    permissions,
  };
}
