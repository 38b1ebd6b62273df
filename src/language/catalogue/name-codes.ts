import type { Entry } from './entry.ts';

/** RW2…: names, titles, scopes, and references to them. */
export const nameCodes = {
  RW2101: {
    severity: 'error',
    meaning: 'A name is taken by another declaration.',
    message: (p: { what: string; name: string }) => `the ${p.what} "${p.name}" is declared twice`,
  },
  RW2102: {
    severity: 'error',
    meaning: 'What a name meant, it means: a former name cannot be taken, or claimed by two.',
    message: (p: { what: string; name: string }) => `"${p.name}" is the former name of another ${p.what}`,
  },
  RW2103: {
    severity: 'error',
    meaning: 'The identity provider shows titles and nothing else, so two that look alike cannot be told apart.',
    message: (p: { title: string; other: string; environment: string }) =>
      p.title === p.other
        ? `the title "${p.title}" is used twice in ${p.environment}`
        : `the title "${p.title}" looks like "${p.other}" in ${p.environment}`,
  },
  RW2104: {
    severity: 'error',
    meaning: 'A reference to a permission that the catalog does not have.',
    message: (p: { reference: string }) => `unknown permission "${p.reference}"`,
  },
  RW2105: {
    severity: 'error',
    meaning: 'A permission with levels always has its level: without one it would mean neither all nor the highest.',
    message: (p: { reference: string }) => `"${p.reference}" has levels, and none is named`,
  },
  RW2106: {
    severity: 'error',
    meaning: 'A permission without levels never has one.',
    message: (p: { reference: string; level: string }) => `"${p.reference}" has no levels, so no "${p.level}"`,
  },
  RW2107: {
    severity: 'error',
    meaning: 'The permission has no such level.',
    message: (p: { reference: string; level: string }) => `"${p.reference}" has no level "${p.level}"`,
  },
  RW2108: {
    severity: 'error',
    meaning: "A scope is the identity provider's name of a permission, not a reference to it.",
    message: (p: { scope: string }) => `"${p.scope}" is a scope, not a reference`,
  },
  RW2109: {
    severity: 'error',
    meaning: 'A reference to a role, custom role or assignment that is not declared.',
    message: (p: { name: string; application: string; what?: 'assignment' }) =>
      `${p.application} has no ${p.what ?? 'role'} "${p.name}"`,
  },
  RW2110: {
    severity: 'error',
    meaning: 'An application is declared by its PermissionCatalog; there is none of this name.',
    message: (p: { name: string }) => `unknown application "${p.name}"`,
  },
  RW2111: {
    severity: 'error',
    meaning: 'A reference to a section that the catalog does not have.',
    message: (p: { name: string }) => `unknown section "${p.name}"`,
  },
  RW2112: {
    severity: 'error',
    meaning: 'A reference to an app that the directory does not have.',
    message: (p: { name: string }) => `unknown app "${p.name}"`,
  },
  RW2113: {
    severity: 'error',
    meaning: 'A reference to a vendor that the directory does not have.',
    message: (p: { name: string }) => `unknown vendor "${p.name}"`,
  },
  RW2114: {
    severity: 'error',
    meaning: 'An old name does not resolve, so that a branch that still uses it learns the new one.',
    message: (p: { name: string; now: string }) => `"${p.name}" is now called "${p.now}"`,
  },
  RW2115: {
    severity: 'error',
    meaning: 'A retired name is not used again for something else.',
    message: (p: { name: string }) => `"${p.name}" is retired`,
  },
  RW2116: {
    severity: 'error',
    meaning:
      'A document of an application names what is its own without the application; other documents write it in full.',
    message: (p: { reference: string; application: string }) =>
      `"${p.reference}" names the application ${p.application}, which is clear here`,
  },
  RW2117: {
    severity: 'error',
    meaning: 'A reference is written section/permission or section/permission:level.',
    message: (p: { reference: string }) => `"${p.reference}" is not a reference`,
  },
  RW2118: {
    severity: 'error',
    meaning:
      'Two permissions with one scope could not be told apart. Neither is renamed silently: services check scopes.',
    message: (p: { scope: string; other: string }) => `the scope "${p.scope}" is also that of "${p.other}"`,
  },
  RW2119: {
    severity: 'error',
    meaning:
      'Scopes that begin with app:, vendor:, reseller: or restriction: say how far a role is narrowed; no permission may use them.',
    message: (p: { scope: string }) => `the scope "${p.scope}" begins with a reserved prefix`,
  },
  RW2120: {
    severity: 'error',
    meaning: 'An entry stands twice in a list.',
    message: (p: { entry: string; key: string }) => `"${p.entry}" stands twice under ${p.key}`,
  },
  RW2121: {
    severity: 'error',
    meaning: 'A title that is not in Unicode normal form C looks like another and compares unequal.',
    message: (p: { title: string }) => `the title "${p.title}" is not in Unicode normal form C`,
  },
  RW2122: {
    severity: 'advice',
    meaning: 'Sets are sorted by code point, so that two branches that add to one rarely collide.',
    message: (p: { key: string; entry: string; before: string }) =>
      `${p.key} is not sorted: "${p.entry}" comes before "${p.before}"`,
  },
  RW2123: {
    severity: 'error',
    meaning: 'An application has one document of this kind.',
    message: (p: { kind: string; application: string }) => `a second ${p.kind} of ${p.application}`,
  },
} as const satisfies Record<string, Entry>;
