import type { TypedDocument } from '../../language/validate/typed-document.ts';
import type { Named, ProvisioningPolicy } from '../definitions.ts';
import type { Collector } from './collector.ts';
import { identityOf } from './identity.ts';
import type { Assignable, Declared } from './look-up-role.ts';
import { lookUpAssignable } from './look-up-role.ts';
import type { Names } from './names.ts';

/** Links a ProvisioningPolicy: the roles that it gives exist, can be held, and say for which apps they are given. */
export function linkPolicy(
  typed: TypedDocument<'ProvisioningPolicy'>,
  application: string,
  roles: Names<Declared>,
  collector: Collector,
): ProvisioningPolicy {
  const { document, value } = typed;
  const { spec } = value;
  const given = (path: readonly (string | number)[], written: { role: string; allApps?: true | undefined }) => {
    const used: Named = { name: written.role, place: document.locate([...path, 'role']) };
    const found = lookUpAssignable(used, application, roles, collector);
    if (found !== null) {
      const allAppsPlace = document.locate([...path, 'allApps'], 'key');
      checkGiven(found, used, written.allApps === true ? allAppsPlace : null, collector);
    }
    return { ...used, allApps: written.allApps === true };
  };
  return {
    ...identityOf(document, value.metadata, collector),
    enabled: spec.enabled,
    default: given(['spec', 'default'], spec.default),
    byEmailDomain: (spec.byEmailDomain ?? []).map((rule, index) => {
      const path = ['spec', 'byEmailDomain', index];
      const place = document.locate([...path, 'domain']);
      const earlier = (spec.byEmailDomain ?? [])
        .slice(0, index)
        .findIndex(({ domain, connection }) => domain === rule.domain && connection === rule.connection);
      if (earlier >= 0) {
        const related = [
          { message: 'first here', place: document.locate(['spec', 'byEmailDomain', earlier, 'domain']) },
        ];
        collector.report('RW2120', place, { entry: rule.domain, key: 'byEmailDomain' }, { related, expected: 'once' });
      }
      return { domain: rule.domain, connection: rule.connection, role: given(path, rule), place };
    }),
  };
}

function checkGiven(found: Assignable, used: Named, allApps: Named['place'] | null, collector: Collector): void {
  const role = found.role.name;
  if (found.kind === 'custom-role') {
    if (allApps === null) return;
    collector.report(
      'RW3112',
      allApps,
      { role, why: 'a custom role, which brings its apps' },
      { help: 'remove the line' },
    );
    return;
  }
  const related = [{ message: 'the role', place: found.role.place }];
  if (!found.role.assignable) {
    collector.report('RW3113', used.place, { role }, { related, expected: 'an assignable role' });
    return;
  }
  if (found.role.restrictable && allApps === null) {
    collector.report(
      'RW3110',
      used.place,
      { role },
      { related, help: 'add "allApps: true" below it, or name a custom role' },
    );
  }
  if (!found.role.restrictable && allApps !== null) {
    collector.report(
      'RW3112',
      allApps,
      { role, why: 'which is not restrictable' },
      { related, help: 'remove the line' },
    );
  }
}
