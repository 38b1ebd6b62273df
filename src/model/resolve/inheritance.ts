import { byCodePoint } from '../../language/source.ts';
import type { Named, Role } from '../definitions.ts';
import type { Collector } from '../link/collector.ts';

/** Nobody follows inheritance this deep; without a limit, its chains would exhaust stack and memory. */
const deepest = 100;

/**
 * Roles in an order in which parents come before their heirs. A circle is an error that shows all of it, told once, at
 * the line that closes it; its roles and their heirs are left out, because they have no meaning, and so are those that
 * inherit through too many roles.
 */
export function parentsFirst(roles: readonly Role[], collector: Collector): readonly Role[] {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const ordered: Role[] = [];
  const depths = new Map<string, number>();
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
    const whole = role.inherits.map((line) => inherit(role, line, path)).every(Boolean);
    state.set(role.name, whole ? 'whole' : 'broken');
    if (whole) ordered.push(role);
    return whole;
  };
  const inherit = (role: Role, { name, place }: Named, path: readonly Role[]): boolean => {
    const parent = byName.get(name);
    if (parent === undefined) return true;
    const isVisitable = path.length + 1 < deepest || state.has(name);
    if (isVisitable && !visit(parent, [...path, role])) return false;
    const depth = (depths.get(name) ?? 0) + 1;
    depths.set(role.name, Math.max(depths.get(role.name) ?? 0, depth));
    if (isVisitable && depth < deepest) return true;
    collector.report('RW3118', place, { role: role.name, limit: deepest }, { help: 'grant in fewer steps' });
    return false;
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
