import type { Details } from '../../language/diagnostic.ts';
import type { Document } from '../../language/parse/document.ts';
import type { Purpose, TargetName } from '../definitions.ts';
import { targetTitles } from '../target-titles.ts';
import type { Collector } from './collector.ts';
import { isLoopback, tenantProblem } from './tenant-form.ts';

/** What the tenants of a target are, in words. */
export const tenantWords: Readonly<Record<TargetName, { readonly form: string; readonly expected: string }>> = {
  auth0: {
    form: 'domain of a tenant',
    expected: 'the domain of a tenant, such as acme.eu.auth0.com, or loopback',
  },
  keycloak: {
    form: 'realm on a server',
    expected: 'a server and a realm, such as sso.example.com/realms/acme, or loopback/realms/acme',
  },
};

/** What an environment says of its tenant; a target may be meant without a word. */
interface SaidOfTenant {
  readonly purpose: Purpose;
  readonly target?: TargetName | undefined;
  readonly tenant: string;
}

/** Checks that the tenant is one of the target, and that only development is on loopback. */
export function checkTenant(said: SaidOfTenant, document: Document, collector: Collector): void {
  const { purpose, target = 'auth0', tenant } = said;
  const place = document.locate(['spec', 'tenant']);
  const { form, expected } = tenantWords[target];
  const problem = tenantProblem(target, tenant);
  const details: Details = { expected, suggestion: problem?.suggestion ?? null };
  switch (problem?.kind) {
    case undefined:
      if (isLoopback(tenant) && purpose !== 'development') {
        const related = [{ message: 'the purpose', place: document.locate(['spec', 'purpose']) }];
        collector.report('RW4102', place, { purpose }, { related, expected: `the ${form}` });
      }
      break;
    case 'of-another-target': {
      const other = target === 'auth0' ? 'keycloak' : 'auth0';
      const help = target === 'auth0' ? 'for that one, write `target: keycloak`' : 'for that one, leave `target` out';
      const written = [{ message: 'the target', place: document.locate(['spec', 'target']) }];
      const related = said.target === undefined ? [] : written;
      collector.report(
        'RW4108',
        place,
        { tenant, other: targetTitles[other], target: targetTitles[target] },
        { ...details, help, related },
      );
      break;
    }
    case 'scheme':
      collector.report('RW4109', place, { tenant }, details);
      break;
    case 'no-realm':
      collector.report('RW4110', place, { tenant }, details);
      break;
    case 'realm': {
      const { realm, character } = problem;
      collector.report('RW4111', place, { realm, character }, { expected: 'letters, digits, and any of - _ . ~' });
      break;
    }
    case 'form':
      collector.report('RW4112', place, { tenant, form }, details);
      break;
  }
}
