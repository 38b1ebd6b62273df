import { all, Config, RunError } from '@pulumi/pulumi';
import { Accounts } from '../../stack/accounts-component.ts';
import { noAdoption } from '../../stack/adoption.ts';
import { formatOwed, Journal } from '../../stack/journal.ts';
import { justInTimeName } from '../../stack/lowered-just-in-time.ts';
import type { LoweredState } from '../../stack/lowered-state.ts';
import type { RegisterOptions, StackOutputs } from '../../stack/target.ts';
import { Application } from './components.ts';
import { JustInTime, machineOfStack } from './just-in-time.ts';

/**
 * Registers a lowered state with the engine. Everything has been computed and validated before: a program that
 * throws after its first resource leaves the rest undone, and one that registers nothing deletes everything.
 *
 * @throws RunError if the stack's configuration holds credentials or a domain, or lacks the machine that gives roles at sign-in.
 */
export function register(lowered: LoweredState, options: RegisterOptions = {}): StackOutputs {
  refuseConfiguredProvider();
  const { adoption = noAdoption, owedAfterwards = null, takingOver = null } = options;
  const { protect, justInTime } = lowered;
  const machine = justInTime === null ? null : machineOfStack(justInTime);
  const applications = lowered.applications.map(
    (application) => [application.name, new Application(application, { protect, adoption, takingOver })] as const,
  );
  if (Object.keys(lowered.pins).length > 0) new Accounts(lowered.pins);
  const roleIds = Object.assign({}, ...applications.map(([, application]) => application.roleIds));
  const grants = Object.assign({}, ...applications.map(([, application]) => application.grants));
  const adopted = adoption.actions[justInTimeName];
  const signIn = justInTime === null ? null : new JustInTime(justInTime, { roleIds, grants, machine, adopted });
  const audiences = Object.fromEntries(applications.map(([name, { audience }]) => [name, audience]));
  // Registered when every id is known: after a failure the engine keeps what stood there before.
  const everything = all([all(roleIds), all(audiences), signIn?.whole]);
  new Journal(owedAfterwards === null ? null : everything.apply(() => formatOwed(owedAfterwards)));
  return { roleIds, audiences, modelDigest: lowered.digest };
}

/**
 * Credentials come from the environment alone: then no secret is in the state, a rotated token is no change, and the
 * domain that was checked against the environment's tenant is the one that the provider uses.
 */
function refuseConfiguredProvider(): void {
  const config = new Config('auth0');
  const found = ['domain', 'apiToken', 'clientId', 'clientSecret'].filter((key) => config.get(key) !== undefined);
  if (found.length === 0) return;
  const keys = found.map((key) => `auth0:${key}`).join(', ');
  throw new RunError(
    `the stack's configuration holds ${keys}: remove it, AUTH0_* variables of the environment are used`,
  );
}
