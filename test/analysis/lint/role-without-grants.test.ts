import { describe, expect, it } from 'vitest';
import { clean, findings, role, silenced } from './repository.ts';

const lint = 'role-without-grants';
const empty = role('newcomer', ['restrictable: false']);

describe(lint, () => {
  it('finds a role that gives nothing', () => {
    expect(findings(lint, [...clean, empty])).toEqual([
      'roles/desk/roles/newcomer.yaml:5:9 "newcomer" gives no permission',
    ]);
  });

  it('finds a building block that gives nothing, and a role that inherits nothing but it', () => {
    const block = role('block', ['assignable: false']);
    const heir = role('heir', ['inherits:', '  - block']);
    expect(findings(lint, [...clean, block, heir])).toHaveLength(2);
  });

  it('takes inheriting for giving', () => {
    expect(findings(lint, [...clean, role('heir', ['inherits:', '  - viewer'])])).toEqual([]);
  });

  it('is silenced in the role', () => {
    expect(findings(lint, [...clean, silenced(empty, lint)])).toEqual([]);
  });
});
