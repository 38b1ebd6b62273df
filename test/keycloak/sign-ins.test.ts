import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matrix } from '../../src/analysis/matrix/matrix.ts';
import type { Policy, Resource } from '../../src/authorize/authorize.ts';
import { createTokenAuthorizer } from '../../src/authorize-jwt/authorize-jwt.ts';
import { compilePolicy } from '../../src/model/compile/compile-policy.ts';
import type { EffectiveApplication } from '../../src/model/effective-model.ts';
import { compareRole } from '../sources/compare-facts.ts';
import { compareColumn } from '../sources/compare-levels.ts';
import { flexnetFacts, productivFacts } from '../sources/facts.ts';
import type { Application } from '../sources/matrix.ts';
import { applicationNamed, parseMatrix } from '../sources/matrix.ts';
import type { KeycloakStack } from '../support/keycloak-stack.ts';
import { startKeycloakStack } from '../support/keycloak-stack.ts';
import type { Case } from './catalogs.ts';
import { cases, model, state } from './catalogs.ts';
import { mayDo, questionsOf, scopesOf } from './expected.ts';
import { missing } from './realm.ts';
import type { Tokens } from './sign-in.ts';
import { allowPasswords, giveRole, person, realmOf, signIn } from './sign-in.ts';

const everywhere: Resource = { applicationWide: true };
const busy = person('somebody-in-two-applications');
const named = cases.map((one) => [one.application.definition.name, one.title, one] as const);

describe.skipIf(missing !== null)('who signs in to Keycloak', () => {
  let stack: KeycloakStack;
  const signedIn = new Map<Case, Tokens>();
  const tokenOf = (one: Case): string => signedIn.get(one)?.access ?? '';
  const permissionsOf = (one: Case) => decodeJwt<{ permissions?: readonly string[] }>(tokenOf(one)).permissions ?? [];

  beforeAll(async () => {
    stack = await startKeycloakStack({ realm: realmOf([...cases.map((one) => one.person), busy]) });
    const { realm } = stack;
    expect((await stack.up(state)).problems).toEqual([]);
    await Promise.all(state.applications.map(({ audience }) => allowPasswords(realm, audience)));
    // The assignment is the product's to carry out.
    const byHand = cases.filter(({ holder }) => holder.kind !== 'assignment');
    await Promise.all(byHand.map((one) => giveRole(realm, one.person, one.title)));
    for (const one of cases) signedIn.set(one, await signIn(realm, one.person, one.audience));
  });
  afterAll(() => stack?.stop());

  it('is somebody for each role of the three applications', () => {
    const ofKind = (name: string, kind: string) =>
      cases.filter((one) => one.application.definition.name === name && one.holder.kind === kind).length;
    const counted = model.applications.map(({ definition: { name } }) =>
      [name, ...['role', 'custom-role', 'assignment'].map((kind) => ofKind(name, kind))].join(' '),
    );
    expect(counted).toEqual(['flex-rental 4 0 0', 'flexnet-operations 7 0 0', 'productiv 5 3 1']);
    expect(signedIn.size).toBe(20);
  });

  it.each(named)('carries in the token of %s what %s is declared to hold, and nothing else', (name, _, one) => {
    const { aud, azp, iat = 0, exp = 0 } = decodeJwt(tokenOf(one));
    expect(permissionsOf(one).toSorted()).toEqual(scopesOf(one.holder, one.application));
    expect([aud, azp]).toEqual([one.audience, one.audience]);
    expect(exp - iat).toBe(name === 'productiv' ? 600 : 3600);
  });

  it('may do what the matrix says: each permission at each level, for the whole application and for each app', async () => {
    const counted: Record<string, { yes: number; no: number }> = {};
    const wrong: string[] = [];
    for (const application of model.applications) {
      const { name, apps } = application.definition;
      const authorize = createTokenAuthorizer(policyOf(application, stack));
      const resources = [everywhere, ...apps.map((app): Resource => ({ app: app.name }))];
      const count = { yes: 0, no: 0 };
      for (const one of casesOf(application)) {
        for (const question of questionsOf(application)) {
          for (const resource of resources) {
            const expected = mayDo(one.holder, question, resource);
            const decision = await authorize(tokenOf(one), question.reference, resource);
            count[expected ? 'yes' : 'no'] += 1;
            if (decision.allowed === expected) continue;
            wrong.push(`${one.title} ${question.reference} ${JSON.stringify(resource)}: ${JSON.stringify(decision)}`);
          }
        }
      }
      counted[name] = count;
    }
    expect(wrong).toEqual([]);
    expect(counted).toEqual({
      // 4 roles × 43 permissions; 7 × 133; 9 × 21 permissions at a level × (1 + 10 apps).
      'flex-rental': { yes: 79, no: 93 },
      'flexnet-operations': { yes: 347, no: 584 },
      productiv: { yes: 931, no: 1148 },
    });
  });

  it("holds, going by the tokens alone, what the publishers' own tables say", () => {
    const [flexnet, productiv] = ['flexnet-operations', 'productiv'].map((name) => asInTokens(name, permissionsOf));
    if (flexnet === undefined || productiv === undefined) throw new Error('no such applications');
    const titles = Object.keys(flexnetFacts.roles);
    expect(titles).toHaveLength(7);
    expect(titles.flatMap((title) => compareRole(flexnetFacts, title, flexnet))).toEqual([]);
    const columns = productivFacts.roles.map(({ title }) => title);
    expect(columns.flatMap((title) => compareColumn(productivFacts, title, productiv))).toEqual([]);
  });

  it('carries the permissions of the application that is signed in to alone, whatever else the person holds', async () => {
    const both = cases.filter(({ title }) => title === 'Super Admin' || title === 'System Administrator');
    expect(both).toHaveLength(2);
    for (const { title } of both) await giveRole(stack.realm, busy, title);
    for (const one of both) {
      const { access } = await signIn(stack.realm, busy, one.audience);
      const { permissions = [], aud } = decodeJwt<{ permissions?: readonly string[] }>(access);
      expect(permissions.toSorted()).toEqual(scopesOf(one.holder, one.application));
      expect(aud).toBe(one.audience);
    }
  });

  it.each(model.applications.map((application) => [application.definition.name, application] as const))(
    'may do nothing in %s with a token of another application, nor with an ID token',
    async (_, application) => {
      const authorize = createTokenAuthorizer(policyOf(application, stack));
      const { reference } = questionsOf(application)[0] ?? { reference: '' };
      for (const one of cases.filter((other) => other.application !== application)) {
        const decision = await authorize(tokenOf(one), reference, everywhere);
        expect(decision).toMatchObject({ allowed: false, reason: 'wrong-audience' });
      }
      for (const one of casesOf(application)) {
        const decision = await authorize(signedIn.get(one)?.id, reference, everywhere);
        expect(decision).toMatchObject({ allowed: false, reason: 'not-an-access-token' });
      }
    },
  );
});

function casesOf(application: EffectiveApplication): readonly Case[] {
  return cases.filter((one) => one.application === application);
}

/** The policy that a service of this application has, through JSON. */
function policyOf({ definition }: EffectiveApplication, { realm }: KeycloakStack): Policy {
  const [policies] = compilePolicy(model, 'keycloak', { loopbackIssuer: realm.issuer });
  const policy = policies?.find(({ application }) => application === definition.name);
  return JSON.parse(JSON.stringify(policy)) as Policy;
}

/** An application whose roles hold what is in the tokens of those who have them, whatever is declared. */
function asInTokens(name: string, permissionsOf: (one: Case) => readonly string[]): Application {
  const application = applicationNamed(parseMatrix(JSON.stringify(matrix(model))), name);
  const own = cases.filter((one) => one.application.definition.name === name);
  const roles = own.map((one): Application['roles'][number] => {
    const carried = new Set(permissionsOf(one));
    const held = questionsOf(one.application).flatMap(({ permission, rank }) => {
      const level = permission.levels[rank];
      const scope = level?.scope ?? permission.scope ?? '';
      const { section, name: ofPermission, restrictedBy } = permission;
      return carried.has(scope)
        ? [{ section, permission: ofPermission, level: level?.name ?? null, scope, restrictedBy }]
        : [];
    });
    // The highest level comes last.
    const highest = new Map(held.map((each) => [`${each.section}/${each.permission}`, each]));
    const kind = one.holder.kind === 'role' ? 'role' : 'custom-role';
    return {
      ...{ name: one.person.username, title: one.title, kind, base: null, apps: null },
      permissions: [...highest.values()],
    };
  });
  return { ...application, roles };
}
