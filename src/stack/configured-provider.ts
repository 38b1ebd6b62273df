import { Config, RunError } from '@pulumi/pulumi';

/**
 * Credentials come from the environment alone: then no secret is in the state, a new one is no change, and the tenant that was
 * checked against the environment is the one that the provider uses.
 *
 * @param settings what the provider would read from the stack's configuration
 * @param variables where they belong: `AUTH0_*`
 * @throws RunError if the configuration holds one of them
 */
export function refuseConfiguredProvider(provider: string, settings: readonly string[], variables: string): void {
  const config = new Config(provider);
  const found = settings.filter((key) => config.get(key) !== undefined);
  if (found.length === 0) return;
  const keys = found.map((key) => `${provider}:${key}`).join(', ');
  throw new RunError(
    `the stack's configuration holds ${keys}: remove it, ${variables} variables of the environment are used`,
  );
}
