import { all } from '@pulumi/pulumi';
import { Accounts } from '../../stack/accounts-component.ts';
import { noAdoption } from '../../stack/adoption.ts';
import { refuseConfiguredProvider } from '../../stack/configured-provider.ts';
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
  refuseConfiguredProvider('auth0', ['domain', 'apiToken', 'clientId', 'clientSecret'], 'AUTH0_*');
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
