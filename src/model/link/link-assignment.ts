import type { WrittenAssignment } from '../../language/schema/kinds.ts';
import type { Place } from '../../language/source.ts';
import { byCodePoint } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import type { Account, AssignedUser, Assignment, Named } from '../definitions.ts';
import { checkDay } from './calendar.ts';
import type { Collector } from './collector.ts';
import { identityOf, namedSet } from './identity.ts';
import type { Directory } from './link-apps.ts';
import type { Declared } from './look-up-role.ts';
import { lookUpAssignable } from './look-up-role.ts';
import type { Names } from './names.ts';
import { lookUp } from './names.ts';

type WrittenUser = WrittenAssignment['spec']['users'][number];

/** Links an Assignment as far as it needs no other role: its apps, its people, and when each ends. */
export function linkAssignment(
  { document, value }: TypedDocument<'Assignment'>,
  directory: Directory,
  collector: Collector,
): Assignment {
  const { spec } = value;
  const seen = new Map<string, Place>();
  const users = spec.users.flatMap((written, index): AssignedUser[] => {
    const path = ['spec', 'users', index];
    const place = document.locate([...path, written.id === undefined ? 'email' : 'id']);
    const account = accountOf(written, place, collector);
    if (account === null) return [];
    const first = seen.get(accountKey(account));
    if (first !== undefined) {
      const related = [{ message: 'first here', place: first }];
      collector.report('RW5106', place, { user: accountText(account) }, { related });
      return [];
    }
    seen.set(accountKey(account), place);
    const validThrough = written.validThrough ?? null;
    if (validThrough !== null) checkDay(validThrough, document.locate([...path, 'validThrough']), collector);
    return [{ account, reason: written.reason ?? null, validThrough, place }];
  });
  return {
    ...identityOf(document, value.metadata, collector),
    role: { name: spec.role, place: document.locate(['spec', 'role']) },
    apps: namedSet(document, ['spec', 'apps'], spec.apps, collector)
      .filter(({ name, place }) => lookUp(directory.apps, name, place, 'RW2112', collector) !== null)
      .toSorted((a, b) => byCodePoint(a.name, b.name)),
    allApps: spec.allApps ?? false,
    users,
  };
}

/** Whether an assignment's role exists and its apps go with it: a restrictable role needs exactly one of the two. */
export function checkAssignment(
  assignment: Assignment,
  keys: { readonly apps: Place | null; readonly allApps: Place | null },
  application: string,
  names: Names<Declared>,
  collector: Collector,
): void {
  const found = lookUpAssignable(assignment.role, application, names, collector);
  if (found === null) return;
  const related = [{ message: 'the role', place: found.role.place }];
  const role = found.role.name;
  if (found.kind === 'role' && !found.role.assignable) {
    collector.report('RW3113', assignment.role.place, { role }, { related, expected: 'an assignable role' });
    return;
  }
  if (found.kind === 'role' && found.role.restrictable) {
    if ((keys.apps === null) === (keys.allApps === null)) {
      const help = 'write exactly one of "apps:" and "allApps: true"';
      const parameters = { role, saysBoth: keys.apps !== null };
      collector.report('RW5101', keys.allApps ?? assignment.role.place, parameters, { related, help });
    }
    return;
  }
  const why = found.kind === 'custom-role' ? 'a custom role, which brings its apps' : 'which is not restrictable';
  for (const key of ['apps', 'allApps'] as const) {
    const place = keys[key];
    if (place !== null) collector.report('RW5102', place, { key, role, why }, { related, help: 'remove it' });
  }
}

/** How a person is written in messages: the id, or the address with its connection. */
export function accountText(account: Account): string {
  return account.by === 'id' ? account.id : `${account.email} (${account.connection})`;
}

/** What stands for a person, to be compared and never shown: no two people's addresses differ by capitals alone. A stack pins by it. */
export function accountKey(account: Account): string {
  return accountText(account.by === 'id' ? account : { ...account, email: lowerCase(account.email) });
}

/** Whether an exception that names a user means this account: by its id, its address, or as messages write it. */
export function isAccount(name: string, account: Account): boolean {
  if (account.by === 'id') return name === account.id;
  const connection = ` (${account.connection})`;
  const address = name.endsWith(connection) ? name.slice(0, -connection.length) : name;
  return lowerCase(address) === lowerCase(account.email);
}

/** An address without capitals. Letters of ASCII only: the sign of kelvin is no k, and whoever has it is somebody else. */
export function lowerCase(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function accountOf(written: WrittenUser, place: Place, collector: Collector): Account | null {
  const { id, email, connection } = written;
  if (id !== undefined && email === undefined && connection === undefined) return { by: 'id', id };
  if (id === undefined && email !== undefined && connection !== undefined) return { by: 'email', email, connection };
  const found =
    id !== undefined
      ? 'by id and by address'
      : email === undefined
        ? 'without an id or address'
        : 'without a connection';
  collector.report('RW5103', place, { found }, { expected: 'id, or email and connection' });
  return null;
}

/** The places of the two keys, null where a key is not written. */
export function appKeys({ document, value }: TypedDocument<'Assignment'>): {
  apps: Place | null;
  allApps: Place | null;
} {
  const at = (key: 'apps' | 'allApps'): Place | null =>
    value.spec[key] === undefined ? null : document.locate(['spec', key], 'key');
  return { apps: at('apps'), allApps: at('allApps') };
}

/** An account of an assignment as a name with its place. */
export function asNamed(user: AssignedUser): Named {
  return { name: accountText(user.account), place: user.place };
}
