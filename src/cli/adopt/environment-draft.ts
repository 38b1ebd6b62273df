import type { EnvironmentDraft } from '../../adopt/documents.ts';
import type { Environment, Purpose } from '../../model/definitions.ts';
import { domainOf } from '../../targets/auth0/tenant-domain.ts';
import type { Host } from '../host.ts';
import type { Outcome } from '../outcome.ts';
import { failure } from '../outcome.ts';

/**
 * The environment that a tenant is adopted into: the declared one, or what is said of a new one. The tenant is the one
 * of the AUTH0_* variables; what it is for nobody can see from outside.
 */
export function environmentDraft(
  host: Pick<Host, 'env'>,
  name: string,
  declared: Environment | null,
  said: { readonly purpose?: Purpose | undefined; readonly tenant?: string | undefined },
): EnvironmentDraft | Outcome {
  if (declared !== null) return { name, purpose: declared.purpose, tenant: declared.tenant };
  const domain = said.tenant ?? domainOf(host.env);
  if (domain === null) {
    const help = 'set AUTH0_DOMAIN, or name it with --tenant';
    return failure(`environment ${name} is not declared, and nothing says which tenant it belongs to`, help);
  }
  const tenant = /^(?:loopback|(?:127\.0\.0\.1|localhost)(?::\d+)?)$/u.test(domain) ? 'loopback' : domain;
  const purpose = said.purpose ?? (tenant === 'loopback' ? 'development' : null);
  if (purpose !== null) return { name, purpose, tenant };
  const help = 'say it with --purpose development, staging or production';
  return failure(`environment ${name} is not declared, and nothing says what it is for`, help);
}

/** Whether there is an environment, or a reason why not. */
export function isDraft(draft: EnvironmentDraft | Outcome): draft is EnvironmentDraft {
  return 'tenant' in draft;
}
