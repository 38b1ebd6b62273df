import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const environmentFile = 'roles/environments/keycloak.yaml';
export const policyFile = 'roles/productiv/provisioning.yaml';

/** The environment that makes a repository serve Keycloak as well. */
export const environment = `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: keycloak
  description: Against a Keycloak server on one's own machine.
spec:
  purpose: development
  target: keycloak
  tenant: loopback/realms/demo
  applications:
    - name: flex-rental
      audience: https://api.flex-rental.example
    - name: flexnet-operations
      audience: https://api.flexnet-operations.example
    - name: productiv
      audience: https://api.productiv.example
      tokenLifetime: 10m
`;

/** Writes the environment, and the settings of its stack. */
export function addEnvironment(folder: string): void {
  writeFileSync(join(folder, environmentFile), environment);
  // It has the salt of an empty passphrase, and nothing else.
  copyFileSync(join(folder, 'stacks/Pulumi.dev.yaml'), join(folder, 'stacks/Pulumi.keycloak.yaml'));
}

/** Takes back what Keycloak's default role cannot give. */
export function removePolicy(folder: string): void {
  rmSync(join(folder, policyFile));
}
