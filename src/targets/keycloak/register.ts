import { all, getStack } from '@pulumi/pulumi';
import { Accounts } from '../../stack/accounts-component.ts';
import { noAdoption } from '../../stack/adoption.ts';
import { refuseConfiguredProvider } from '../../stack/configured-provider.ts';
import { formatOwed, Journal } from '../../stack/journal.ts';
import type { LoweredState } from '../../stack/lowered-state.ts';
import type { RegisterOptions, StackOutputs } from '../../stack/target.ts';
import { Application } from './components.ts';
import { packageName } from './resource-types.ts';

/**
 * Registers a lowered state with the engine. Everything has been computed and validated before: a program that
 * throws after its first resource leaves the rest undone, and one that registers nothing deletes everything.
 *
 * @throws RunError if the stack's configuration holds credentials or the address of a server
 */
export function register(lowered: LoweredState, options: RegisterOptions = {}): StackOutputs {
  const settings = ['url', 'realm', 'user', 'password', 'clientId', 'clientSecret'];
  refuseConfiguredProvider(packageName, settings, 'KEYCLOAK_*');
  const { adoption = noAdoption, owedAfterwards = null, takingOver = null } = options;
  const { protect } = lowered;
  const stack = getStack();
  const applications = lowered.applications.map(
    (application) =>
      [application.name, new Application(application, { protect, adoption, takingOver, stack })] as const,
  );
  if (Object.keys(lowered.pins).length > 0) new Accounts(lowered.pins);
  const roleIds = Object.assign({}, ...applications.map(([, application]) => application.roleIds));
  const audiences = Object.fromEntries(applications.map(([name, { audience }]) => [name, audience]));
  // Registered when every id is known: after a failure the engine keeps what stood there before.
  const everything = all([all(roleIds), all(audiences)]);
  new Journal(owedAfterwards === null ? null : everything.apply(() => formatOwed(owedAfterwards)));
  return { roleIds, audiences, modelDigest: lowered.digest };
}
