import type { ScriptedCommit } from '../revisions/scripted-repository.ts';

/**
 * A repository of 200 commits, and what history should say of it. The expectations come from this script's own idea of
 * who holds what, which is a few lines of arithmetic over maps, and from nothing of the product.
 */
export interface ScriptedHistory {
  readonly commits: readonly ScriptedCommit[];
  /** In no order. */
  readonly expected: readonly ExpectedChange[];
  /** Commits whose documents mean nothing. */
  readonly broken: readonly string[];
  /** What roles are called at the end, by what the script calls them; null: removed. */
  readonly finalNames: ReadonlyMap<string, string | null>;
}

/** Names are those of the time of the commit; levels are null where nothing is held. */
export interface ExpectedChange {
  readonly commit: string;
  readonly merge: string | null;
  readonly role: string;
  readonly change: 'permission' | 'new' | 'removed' | 'renamed';
  readonly permission: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

const levels = ['view', 'edit', 'manage'] as const;

/** A role or permission has a number for good, and a name for now. */
interface RoleState {
  readonly name: string;
  readonly formerly: readonly string[];
  readonly folder: string;
  readonly parents: readonly number[];
  /** Permission → level, 0 to 2. */
  readonly grants: ReadonlyMap<number, number>;
  readonly comment: string;
}

interface State {
  readonly roles: ReadonlyMap<number, RoleState>;
  readonly permissions: readonly { readonly name: string; readonly formerly: readonly string[] }[];
}

/** What a role holds: its own grants and its parents', the highest of each. */
function effective(state: State, role: number): ReadonlyMap<number, number> {
  const held = new Map<number, number>();
  const { grants, parents } = state.roles.get(role) ?? { grants: new Map<number, number>(), parents: [] };
  for (const source of [grants, ...parents.map((parent) => effective(state, parent))]) {
    for (const [permission, level] of source) held.set(permission, Math.max(level, held.get(permission) ?? -1));
  }
  return held;
}

type Fact = Omit<ExpectedChange, 'commit' | 'merge'> & { readonly key: string };

/** What is different, by a key that is the same for the same thing in any state. */
function differences(before: State, after: State): readonly Fact[] {
  const facts: Fact[] = [];
  for (const role of new Set([...before.roles.keys(), ...after.roles.keys()])) {
    const [was, is] = [before.roles.get(role), after.roles.get(role)];
    const own = { role: (is ?? was)?.name ?? '', permission: null };
    if (was === undefined) {
      facts.push({ ...own, key: `${role}`, change: 'new', before: null, after: own.role });
    } else if (is === undefined) {
      facts.push({ ...own, key: `${role}`, change: 'removed', before: own.role, after: null });
    } else if (was.name !== is.name) {
      facts.push({ ...own, key: `${role} name`, change: 'renamed', before: was.name, after: is.name });
    }
    const [old, now] = [effective(before, role), effective(after, role)];
    for (const permission of new Set([...old.keys(), ...now.keys()])) {
      const [from, to] = [old.get(permission), now.get(permission)];
      if (from === to) continue;
      facts.push({
        ...own,
        key: `${role} ${permission}`,
        change: 'permission',
        permission: `data/${after.permissions[permission]?.name}`,
        before: from === undefined ? null : (levels[from] ?? null),
        after: to === undefined ? null : (levels[to] ?? null),
      });
    }
  }
  return facts;
}

function documentsOf(state: State): ReadonlyMap<string, string> {
  const list = (key: string, items: readonly string[], indent: string) =>
    items.length === 0 ? '' : `${indent}${key}:\n${items.map((item) => `${indent}  - ${item}\n`).join('')}`;
  const permissions = state.permissions.map(
    ({ name, formerly }) =>
      `        - name: ${name}\n${list(
        'formerly',
        formerly.map((old) => `data/${old}`),
        '          ',
      )}          levels:\n${levels.map((level) => `            - name: ${level}\n`).join('')}`,
  );
  const catalog =
    'apiVersion: rolewright/v1\nkind: PermissionCatalog\nmetadata:\n  name: shop\nspec:\n  version: 1.0.0\n' +
    `  sections:\n    - name: data\n      permissions:\n${permissions.join('')}`;
  const roles = [...state.roles.values()].map(({ name, formerly, folder, parents, grants, comment }) => {
    const granted = [...grants].map(
      ([permission, level]) => `data/${state.permissions[permission]?.name}:${levels[level]}`,
    );
    const inherited = parents.map((parent) => state.roles.get(parent)?.name ?? '');
    const text =
      `${comment}apiVersion: rolewright/v1\nkind: Role\nmetadata:\n  application: shop\n  name: ${name}\n` +
      `${list('formerly', formerly, '  ')}spec:\n${list('inherits', inherited.toSorted(), '  ')}${list('grants', granted.toSorted(), '  ')}`;
    return [`roles/shop/${folder}/${name}.yaml`, text] as const;
  });
  return new Map([['roles/shop/catalog.yaml', catalog], ...roles]);
}

/** The files that differ between two states, as a commit writes them. */
function filesBetween(before: State | null, after: State): Readonly<Record<string, string | null>> {
  const old = before === null ? new Map<string, string>() : documentsOf(before);
  const now = documentsOf(after);
  return Object.fromEntries([
    ...[...old.keys()].filter((path) => !now.has(path)).map((path) => [path, null] as const),
    ...[...now].filter(([path, text]) => old.get(path) !== text),
  ]);
}

/** Writes the 200 commits. Every choice comes from a generator with a seed, so that each run writes the same. */
export function scriptedHistory(): ScriptedHistory {
  const commits: ScriptedCommit[] = [];
  const expected: ExpectedChange[] = [];
  const broken: string[] = [];
  let seed = 20_260_501;
  const below = (limit: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * limit);
  };
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;

  /** The first two are the parents of some of the others. */
  let main: State = {
    permissions: Array.from({ length: 12 }, (_, index) => ({ name: `p${index}`, formerly: [] })),
    roles: new Map(
      Array.from({ length: 8 }, (_, index) => {
        const parents = index < 2 ? [] : index < 5 ? [index % 2] : index === 5 ? [0, 1] : [];
        const grants = new Map([[index, 0]]);
        return [index, { name: `r${index}`, formerly: [], folder: 'roles', parents, grants, comment: '' }];
      }),
    ),
  };
  let tip = 'c0';
  let nextRole = 8;

  const write = (mark: string, parents: readonly string[], files: ScriptedCommit['files'], branch = 'main') => {
    const at = 1_735_689_600 + commits.length * 40_000;
    const author = `${pick(['Ada', 'Ben', 'Cleo'])} Example <${mark}@example.com>`;
    commits.push({ mark, parents, files: files ?? {}, message: `Subject of ${mark}\n\nAnd more.`, author, at, branch });
  };
  const next = () => `c${commits.length}`;
  const changed = (state: State, role: number, change: Partial<RoleState>): State => {
    const before = state.roles.get(role);
    if (before === undefined) throw new Error(`no role ${role}`);
    return { ...state, roles: new Map(state.roles).set(role, { ...before, ...change }) };
  };
  const expect = (facts: readonly Fact[], commit: string, merge: string | null = null) =>
    expected.push(...facts.map(({ key: _, ...fact }) => ({ ...fact, commit, merge })));

  /** A grant given, raised, lowered or taken, in one role. */
  const regrant = (state: State, role: number): State => {
    const grants = new Map(state.roles.get(role)?.grants);
    const permission = below(state.permissions.length);
    const level = below(levels.length + 1) - 1;
    if (level < 0 || grants.get(permission) === level) grants.delete(permission);
    else grants.set(permission, level);
    // A role without grants and parents is an error of the language's shape.
    return grants.size === 0
      ? changed(state, role, { grants: new Map([[permission, 0]]) })
      : changed(state, role, { grants });
  };
  const commitMain = (after: State) => {
    const mark = next();
    write(mark, [tip], filesBetween(main, after));
    expect(differences(main, after), mark);
    [main, tip] = [after, mark];
  };

  write(tip, [], filesBetween(null, main));
  expect(differences({ ...main, roles: new Map() }, main), tip);

  /** A branch that changes one role that nobody inherits, while main goes on with others; then the merge. */
  const branchAndMerge = (count: number) => {
    const role = pick([6, 7]);
    const fork = main;
    const states: { readonly mark: string; readonly state: State }[] = [];
    let [branchTip, state] = [tip, fork];
    for (let index = 0; index < count; index += 1) {
      const after = regrant(state, role);
      const mark = next();
      write(mark, [branchTip], filesBetween(state, after), `side-${mark}`);
      states.push({ mark, state: after });
      [branchTip, state] = [mark, after];
    }
    commitMain(regrant(main, pick([0, 2, 3, 4, 5])));
    const merged = changed(main, role, { grants: state.roles.get(role)?.grants ?? new Map() });
    const mark = next();
    write(mark, [tip, branchTip], filesBetween(main, merged));
    for (const fact of differences(main, merged)) {
      // Who made it is the last of the branch before whom it was otherwise.
      const isOtherwise = (before: State) => differences(before, merged).some(({ key }) => key === fact.key);
      const index = states.findLastIndex((_, at) => isOtherwise(at === 0 ? fork : (states[at - 1]?.state ?? fork)));
      expect([fact], states[index]?.mark ?? mark, mark);
    }
    [main, tip] = [merged, mark];
  };

  /** A commit that nobody can read, and the one that repairs it and keeps what it wrote. */
  const breakAndRepair = () => {
    const after = regrant(main, pick([2, 3, 4, 5, 6, 7]));
    const mark = next();
    write(mark, [tip], { ...filesBetween(main, after), 'roles/shop/broken.yaml': 'kind: Role\nmetadata: [\n' });
    broken.push(mark);
    const repair = next();
    write(repair, [mark], { 'roles/shop/broken.yaml': null });
    expect(differences(main, after), repair);
    [main, tip] = [after, repair];
  };

  const rename = (role: number) => {
    const { name = '', formerly = [] } = main.roles.get(role) ?? {};
    commitMain(changed(main, role, { name: `r${role}-${commits.length}`, formerly: [...formerly, name] }));
  };
  const renamePermission = (permission: number) => {
    const permissions = main.permissions.map((item, index) =>
      index === permission ? { name: `${item.name}x`, formerly: [...item.formerly, item.name] } : item,
    );
    commitMain({ ...main, permissions });
  };
  const addRole = () => {
    const role: RoleState = {
      name: `r${nextRole}`,
      formerly: [],
      folder: 'roles',
      parents: [below(2)],
      grants: new Map([[below(12), below(3)]]),
      comment: '',
    };
    commitMain({ ...main, roles: new Map(main.roles).set(nextRole, role) });
    nextRole += 1;
  };
  const removeRole = () => {
    const last = [...main.roles.keys()].filter((role) => role >= 8).at(-1);
    if (last === undefined) return addRole();
    commitMain({ ...main, roles: new Map([...main.roles].filter(([role]) => role !== last)) });
  };

  while (commits.length < 200) {
    const left = 200 - commits.length;
    const choice = below(20);
    if (choice < 7 || left < 8) commitMain(regrant(main, below(8)));
    else if (choice < 9) commitMain(changed(main, below(8), { folder: `moved/${commits.length}` }));
    else if (choice < 10) commitMain(changed(main, below(8), { comment: `# ${commits.length}\n` }));
    else if (choice < 12) rename(below(8));
    else if (choice < 13) renamePermission(below(12));
    else if (choice < 14) addRole();
    else if (choice < 15) removeRole();
    else if (choice < 18) branchAndMerge(1 + below(4));
    else if (choice < 19) breakAndRepair();
    else {
      const mark = next();
      write(mark, [tip], { 'README.md': `${commits.length}\n` });
      tip = mark;
    }
  }
  const names = Array.from(
    { length: nextRole },
    (_, role) => [`r${role}`, main.roles.get(role)?.name ?? null] as const,
  );
  return { commits, expected, broken, finalNames: new Map(names) };
}
