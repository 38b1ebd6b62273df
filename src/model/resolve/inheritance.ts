import { byCodePoint } from '../../language/source.ts';
import type { Role } from '../definitions.ts';
import type { Collector } from '../link/collector.ts';

/**
 * Roles in an order in which parents come before their heirs. A circle is an error that shows all of it, told once, at
 * the line that closes it; its roles and their heirs are left out, because they have no meaning.
 */
export function parentsFirst(roles: readonly Role[], collector: Collector): readonly Role[] {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const ordered: Role[] = [];
  const state = new Map<string, 'open' | 'whole' | 'broken'>();
  const visit = (role: Role, path: readonly Role[]): boolean => {
    const known = state.get(role.name);
    if (known === 'whole') return true;
    if (known === 'broken') return false;
    if (known === 'open') {
      reportCycle(path.slice(path.findIndex(({ name }) => name === role.name)), collector);
      return false;
    }
    state.set(role.name, 'open');
    // Every parent is visited, so that a second circle is told in the same run.
    const parents = role.inherits.map(({ name }) => byName.get(name)).filter((parent) => parent !== undefined);
    const whole = parents.map((parent) => visit(parent, [...path, role])).every(Boolean);
    state.set(role.name, whole ? 'whole' : 'broken');
    if (whole) ordered.push(role);
    return whole;
  };
  for (const role of roles.toSorted((a, b) => byCodePoint(a.name, b.name))) visit(role, []);
  return ordered;
}

function reportCycle(circle: readonly Role[], collector: Collector): void {
  const lines = circle.map((role, index) => {
    const next = circle[(index + 1) % circle.length] as Role;
    const line = role.inherits.find(({ name }) => name === next.name);
    return { role, next, place: line?.place ?? role.place };
  });
  const closing = lines.at(-1);
  if (closing === undefined) return;
  const cycle = [...circle, circle[0] as Role].map(({ name }) => name);
  const related = lines
    .slice(0, -1)
    .map(({ role, next, place }) => ({ message: `${role.name} inherits ${next.name}`, place }));
  collector.report('RW3101', closing.place, { cycle }, { related, help: 'take one of these lines away' });
}
