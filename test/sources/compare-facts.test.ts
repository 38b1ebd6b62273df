import { describe, expect, it } from 'vitest';
import { comparePermission, compareSection, says } from './compare-denials.ts';
import { compareCatalog, compareRole, compareRoleTitles, differences, heldByAll } from './compare-facts.ts';
import type { DocumentedPermission, FlexnetFacts } from './facts.ts';
import { flexFacts, flexnetFacts, productivFacts } from './facts.ts';
import type { Application, Permission, Role } from './matrix.ts';
import { applicationNamed, parseMatrix } from './matrix.ts';

const plain = (name: string, title: string): Permission => ({
  name,
  title,
  documented: false,
  whenDenied: null,
  levels: [],
});

const role = (title: string, ...references: string[]): Role => ({
  name: title.toLowerCase(),
  title,
  kind: 'role',
  base: null,
  apps: null,
  permissions: references.map((reference) => {
    const [section = '', permission = ''] = reference.split('/');
    return { section, permission, level: null, scope: permission, restrictedBy: null };
  }),
});

const library: Application = {
  name: 'library',
  title: 'Library',
  sections: [
    { name: 'loans', title: 'Loans', permissions: [plain('view', 'View Loans'), plain('renew', 'Renew Loans')] },
    { name: 'fines', title: 'Fines', permissions: [plain('waive', 'Waive Fine')] },
    { name: 'archive', title: 'Archive', permissions: [] },
  ],
  roles: [role('Reader', 'loans/view', 'loans/renew'), role('Librarian', 'loans/view', 'fines/waive')],
};

const facts: FlexnetFacts = {
  application: 'Library',
  titleAlternatives: { 'Waive Fines': ['Waive Fine'] },
  permissionTotal: 3,
  sharedByAll: 1,
  roleTotals: { Reader: 2, Librarian: 2 },
  sections: [
    { title: 'Loans', permissions: ['Renew Loans', 'View Loans'] },
    { title: 'Fines', permissions: ['Waive Fines'] },
    { title: 'Archive', permissions: [] },
  ],
  roles: {
    Reader: { Loans: ['View Loans', 'Renew Loans'] },
    Librarian: { Loans: ['View Loans'], Fines: ['Waive Fines'] },
  },
};

describe('a catalog and its roles, held against the facts', () => {
  it('agree in either spelling of a title and in any order', () => {
    expect(compareCatalog(facts, library)).toEqual([]);
    expect(compareRole(facts, 'Reader', library)).toEqual([]);
    expect(compareRole(facts, 'Librarian', library)).toEqual([]);
    expect(compareRoleTitles(['Librarian', 'Reader'], {}, library.roles)).toEqual([]);
    expect(heldByAll(facts, library)).toEqual(['Loans: View Loans']);
  });

  it('name what is missing and what is extra, an empty section and a whole role too', () => {
    const smaller = { ...library, sections: library.sections.slice(0, 1), roles: [role('Guest', 'loans/view')] };
    expect(compareCatalog(facts, smaller)).toEqual([
      'sections: missing Fines',
      'sections: missing Archive',
      'permissions: missing Fines: Waive Fines',
    ]);
    expect(compareRole(facts, 'Reader', smaller)).toEqual(['Reader: missing, the whole role']);
    expect(compareRoleTitles(['Reader'], {}, smaller.roles)).toEqual(['roles: missing Reader', 'roles: extra Guest']);
    expect(compareRole({ ...facts, roles: { Guest: {} } }, 'Guest', smaller)).toEqual([
      'Guest: extra Loans: View Loans',
    ]);
  });

  it('name a title that is there twice, and a reference that leads nowhere', () => {
    expect(differences('permissions', ['a'], ['a', 'a'])).toEqual(['permissions: extra a']);
    const dangling = { ...library, roles: [role('Reader', 'loans/burn')] };
    expect(() => compareRole(facts, 'Reader', dangling)).toThrow('loans/burn');
  });
});

describe('what a denial withholds, held against the facts', () => {
  const fact: DocumentedPermission = {
    title: 'Can View Loans',
    documented: true,
    counts: { statements: 2, exceptions: 1 },
    hiddenAreas: ['Loan Desk'],
    refusedActions: ['loan + renew|extend'],
    remains: ['loan + own'],
    alsoMentioned: ['reminder'],
  };
  const denied = (hidden: string[], refused: string[], remains: string[]): Permission => ({
    ...plain('view', 'Can View Loans'),
    documented: true,
    whenDenied: { hidden, refused, remains },
  });

  it('agrees in other words and however hidden and refused are told apart', () => {
    expect(comparePermission(fact, denied(['Desk > Loan Desk', 'extending loans'], [], ['their own loans']))).toEqual(
      [],
    );
    expect(says('downloaded loans', 'loan + own')).toBe(false);
  });

  it('names what is not said, what is said in addition, and an exception that is not one', () => {
    expect(comparePermission(fact, denied(['Loan Desk', 'their own loans'], ['shredding'], ['the garden']))).toEqual([
      'Can View Loans: missing loan + renew|extend',
      'Can View Loans: missing exception loan + own',
      'Can View Loans: extra shredding',
      'Can View Loans: extra exception the garden',
    ]);
    expect(comparePermission(fact, denied(['Loan Desk: no renewal of a loan'], [], ['own loans']))).toEqual([
      'Can View Loans: withholds 1 things, the source at least 2',
    ]);
  });

  it('tells an undescribed permission from a described one', () => {
    expect(comparePermission(fact, plain('view', 'Can View Loans'))).toEqual(['Can View Loans: missing description']);
    const open = { ...fact, documented: false };
    expect(comparePermission(open, plain('view', 'Can View Loans'))).toEqual([]);
    expect(comparePermission(open, denied(['Loan Desk'], [], []))).toHaveLength(2);
  });

  it('names the section or the permission that is not there', () => {
    const section = (title: string) => compareSection(flexFacts, title, library);
    expect(section('Contact Management Permissions')).toEqual([
      'Contact Management Permissions: missing, the whole section',
    ]);
  });
});

describe('the facts', () => {
  it('add up: each permission of FlexNet is held by a role, each held one has its section', () => {
    const catalog = flexnetFacts.sections.flatMap(({ title, permissions }) => permissions.map((p) => `${title}: ${p}`));
    const held = Object.values(flexnetFacts.roles).map((tables) =>
      Object.entries(tables).flatMap(([title, permissions]) => permissions.map((p) => `${title}: ${p}`)),
    );
    expect(catalog).toHaveLength(flexnetFacts.permissionTotal);
    expect(differences('permissions', catalog, [...new Set(held.flat())])).toEqual([]);
    expect(held.map(({ length }) => length)).toEqual(Object.values(flexnetFacts.roleTotals));
    expect(catalog.filter((p) => held.every((all) => all.includes(p)))).toHaveLength(flexnetFacts.sharedByAll);
  });

  it('add up: Flex has its permissions, and its exceptions where they are counted', () => {
    const permissions = flexFacts.sections.flatMap((section) => section.permissions);
    expect(permissions).toHaveLength(flexFacts.permissionTotal);
    expect(permissions.map(({ remains }) => remains.length)).toEqual(
      permissions.map(({ counts }) => counts.exceptions),
    );
    for (const { documented, hiddenAreas, refusedActions } of permissions) {
      expect(hiddenAreas.length + refusedActions.length > 0).toBe(documented);
    }
  });

  it('add up: who uploads from the Settings page is who edits File Uploads', () => {
    const { settingsPage } = productivFacts.uploads;
    const action = productivFacts.actions.find(({ title }) => title === settingsPage.action);
    const editors = productivFacts.roles.filter((_, column) => action?.levels[column] === 'edit');
    expect(editors.map(({ title }) => title)).toEqual(settingsPage.roles);
    expect(action?.restrictedBy).toBe(settingsPage.restrictedBy);
  });

  it('are held against output of the agreed shape only', () => {
    const text = JSON.stringify({ schemaVersion: 1, applications: [library] });
    expect(applicationNamed(parseMatrix(text), 'library')).toEqual(library);
    expect(() => parseMatrix('{"schemaVersion":2,"applications":[]}')).toThrow();
    expect(() => applicationNamed(parseMatrix(text), 'laundry')).toThrow('laundry');
  });
});
