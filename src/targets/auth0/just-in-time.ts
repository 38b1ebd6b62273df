import { Action } from '@pulumi/auth0/action.js';
import { TriggerAction } from '@pulumi/auth0/triggerAction.js';
import type { Output, Resource } from '@pulumi/pulumi';
import { all, ComponentResource, Config, getStack, RunError, secret } from '@pulumi/pulumi';
import type { LoweredJustInTime } from '../../stack/lowered-just-in-time.ts';
import { justInTimeName } from '../../stack/lowered-just-in-time.ts';
import { importing } from '../../stack/resource-options.ts';
import { actionCode, actionSecrets } from './action/action-code.ts';
import { rolesGiven, signInPolicy } from './lower-just-in-time.ts';

/** The version of the post-login trigger whose `event` and `api` the code is written for. */
const trigger = { id: 'post-login', version: 'v3' };

/** A machine whose id and secret come out of the stack's configuration, encrypted wherever they are kept. */
export interface SecretMachine {
  readonly clientId: Output<string>;
  readonly clientSecret: Output<string>;
}

/** What the action is made with. */
export interface JustInTimeOptions {
  /** Ids of roles at Auth0, by logical name. */
  readonly roleIds: Readonly<Record<string, Output<string>>>;
  /** What the roles may do, by logical name: nobody is given one before it is as declared. */
  readonly grants: Readonly<Record<string, Resource>>;
  /** Null in a loopback tenant alone: the action then gives nothing, and says so. */
  readonly machine: SecretMachine | null;
  /** The id of the action, where the tenant has it already and the state has not. */
  readonly adopted: string | undefined;
}

/** The action that gives roles at sign-in, and its binding. The tenant's other actions are left alone. */
export class JustInTime extends ComponentResource {
  /** Known when all is as declared. */
  readonly whole: Output<unknown>;

  constructor(lowered: LoweredJustInTime, { roleIds, grants, machine, adopted }: JustInTimeOptions) {
    super('rolewright:auth0:JustInTime', justInTimeName, {}, {});
    const given = [...rolesGiven(lowered)];
    const ids = all(Object.fromEntries(given.flatMap((name) => (name in roleIds ? [[name, roleIds[name]]] : []))));
    const action = new Action(
      justInTimeName,
      {
        name: lowered.name,
        // No secret is in it, so that a plan can be read.
        code: ids.apply((known) => actionCode(signInPolicy(lowered, (name) => known[name] ?? ''))),
        supportedTriggers: trigger,
        deploy: lowered.deploy,
        // Without a runtime Auth0 takes its newest, which builds of the provider know or not.
        ...(machine === null ? {} : { secrets: secretsOf(machine) }),
      },
      {
        parent: this,
        dependsOn: given.flatMap((name) => grants[name] ?? []),
        additionalSecretOutputs: ['secrets'],
        ...importing(adopted),
      },
    );
    // Appended to what is bound. It is deleted first: Auth0 deletes no action that is bound.
    const bindings = lowered.bound
      ? [
          new TriggerAction(
            justInTimeName,
            { trigger: trigger.id, actionId: action.id, displayName: lowered.name },
            { parent: this },
          ),
        ]
      : [];
    this.whole = all([action, ...bindings].map(({ id }) => id));
    this.registerOutputs({});
  }
}

/**
 * The machine that the action calls the Management API as, from the stack's configuration. It is another one than the
 * machine that `up` runs as: it gives roles and can do nothing else.
 *
 * @throws RunError if the configuration does not name it, or has its secret in clear; a loopback tenant may do without
 */
export function machineOfStack({ loopback }: LoweredJustInTime): SecretMachine | null {
  const config = new Config('rolewright');
  const clientId = config.getSecret('justInTimeClientId');
  const clientSecret = config.getSecret('justInTimeClientSecret');
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  if (loopback !== null && clientId === undefined && clientSecret === undefined) {
    const { machine } = loopback;
    if (machine === null) return null;
    return { clientId: secret(machine.clientId), clientSecret: secret(machine.clientSecret) };
  }
  const missing = [
    ...(clientId === undefined ? ['rolewright:justInTimeClientId'] : []),
    ...(clientSecret === undefined ? ['rolewright:justInTimeClientSecret'] : []),
  ];
  throw new RunError(
    `roles are given at sign-in, and the configuration of stack ${getStack()} does not say as whom: set ${missing
      .map((key) => `\`pulumi config set --secret ${key}\``)
      .join(' and ')}, as docs/just-in-time.md has it, or the policy to \`enabled: false\``,
  );
}

function secretsOf({ clientId, clientSecret }: SecretMachine) {
  return [
    { name: actionSecrets.clientId, value: clientId },
    { name: actionSecrets.clientSecret, value: clientSecret },
  ];
}
