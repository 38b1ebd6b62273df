import type { Named, Role } from '../definitions.ts';
import type { Collector } from '../link/collector.ts';

/** Nobody follows inheritance this deep; without a limit, its chains would exhaust stack and memory. */
const deepest = 100;

/** A line under `inherits`, with the role that it stands in. */
interface Line {
  readonly role: Role;
  readonly parent: Named;
}

/**
 * Roles, given in the order of their names, in an order in which parents come before their heirs. A circle is an error
 * that shows all of it, told once, at the line that closes it; its roles and their heirs are left out, because they have
 * no meaning, and so are those that inherit through too many roles.
 */
export function parentsFirst(roles: readonly Role[], collector: Collector): readonly Role[] {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const ordered: Role[] = [];
  /** How many steps each role is away from the furthest that it inherits from. */
  const depths = new Map<string, number | 'open' | 'broken'>();
  const visit = (role: Role, path: readonly Line[]): number | 'broken' => {
    depths.set(role.name, 'open');
    // Every parent is visited, so that a second circle is told in the same run.
    const steps = role.inherits.map((parent) => stepsOf({ role, parent }, path));
    const counted = steps.filter((count) => count !== 'broken');
    const depth = counted.length < steps.length ? 'broken' : Math.max(0, ...counted);
    depths.set(role.name, depth);
    if (depth !== 'broken') ordered.push(role);
    return depth;
  };
  const stepsOf = (line: Line, path: readonly Line[]): number | 'broken' => {
    const { name } = line.parent;
    const parent = byName.get(name);
    if (parent === undefined) return 0;
    const known = depths.get(name);
    if (known === 'open') {
      const first = [...path, line].findIndex(({ role }) => role.name === name);
      reportCircle(path.slice(first), line, collector);
      return 'broken';
    }
    if (known === undefined && path.length + 1 === deepest) return reportTooDeep(path[0] ?? line);
    const depth = known ?? visit(parent, [...path, line]);
    if (depth === 'broken') return 'broken';
    return depth + 1 < deepest ? depth + 1 : reportTooDeep(line);
  };
  const reportTooDeep = ({ role, parent: { place } }: Line): 'broken' => {
    collector.report('RW3118', place, { role: role.name, limit: deepest }, { help: 'grant in fewer steps' });
    return 'broken';
  };
  for (const role of roles) if (!depths.has(role.name)) visit(role, []);
  return ordered;
}

/** @param earlier the lines of the circle before the one that closes it; none where a role inherits itself */
function reportCircle(earlier: readonly Line[], closing: Line, collector: Collector): void {
  const cycle = [...[...earlier, closing].map(({ role }) => role.name), closing.parent.name];
  const related = earlier.map(({ role, parent: { name, place } }) => ({
    message: `${role.name} inherits ${name}`,
    place,
  }));
  collector.report('RW3101', closing.parent.place, { cycle }, { related, help: 'take one of these lines away' });
}
