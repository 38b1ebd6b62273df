import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import { nearestName } from '../language/nearest-name.ts';
import { skeletonOf } from '../model/link/titles.ts';
import type { NameChoice } from '../model/name-choice.ts';
import { matches } from '../model/name-choice.ts';
import type { ObservedApi, ObservedRole, ObservedState } from '../model/observed-state.ts';
import { descriptionProblem, isReserved, scopeProblem, titleProblem } from './expressible.ts';

/** What of a tenant is to be taken: roles by their titles, and APIs. */
export interface Choice extends NameChoice {
  /** Patterns of audiences; all APIs but the identity provider's own where there is none. */
  readonly audiences: readonly string[];
}

/**
 * The APIs that are chosen and can be declared; why others are not.
 *
 * @param tellsOfSystem whether it is told that the identity provider's own are left out
 */
export function chooseApis(
  observed: ObservedState,
  { audiences }: Choice,
  tellsOfSystem: boolean,
): Result<readonly ObservedApi[]> {
  const problems: Diagnostic[] = [];
  for (const pattern of audiences) {
    if (observed.apis.some(({ audience }) => matches(pattern, audience))) continue;
    const suggestion = nearestName(
      pattern,
      observed.apis.map(({ audience }) => audience),
    );
    problems.push(diagnostic('RW6921', null, { what: 'API', text: pattern }, { suggestion }));
  }
  const chosen = observed.apis.filter(({ audience }) => {
    return audiences.length === 0 || audiences.some((pattern) => matches(pattern, audience));
  });
  const apis = chosen.filter((api) => {
    const { audience, system } = api;
    if (system && tellsOfSystem) problems.push(diagnostic('RW6914', null, { audience }));
    const reason = system ? null : problemOfApi(api);
    if (reason !== null) problems.push(diagnostic('RW6901', null, { audience, reason }, { help: mend }));
    return !system && reason === null;
  });
  return [apis, problems];
}

/**
 * Each role with the one API that it is about; why others have none.
 *
 * @param ofEmpty the API to which roles without permissions belong
 */
export function placeRoles(
  { apis: all, roles }: Pick<ObservedState, 'apis' | 'roles'>,
  apis: readonly ObservedApi[],
  ofEmpty: string | null,
): Result<ReadonlyMap<ObservedRole, string>> {
  const problems: Diagnostic[] = [];
  const placed = new Map<ObservedRole, string>();
  const adopted = new Set(apis.map(({ audience }) => audience));
  const system = new Set(all.flatMap((api) => (api.system ? [api.audience] : [])));
  for (const role of roles) {
    const audiences = [...new Set(role.grants.map(({ audience }) => audience))];
    const others = audiences.filter((audience) => !adopted.has(audience));
    const [audience] = audiences.length === 0 && ofEmpty !== null ? [ofEmpty] : audiences;
    const reason = titleReason(role.title) ?? descriptionReason(role.description);
    // What is only about APIs that nobody asked for, or that were left out by name, is not missed.
    if (audiences.length > 0 && audiences.every((one) => !adopted.has(one) && !system.has(one))) continue;
    if (others.length > 0) {
      const help = 'adopt that API too and split the role, or exclude the role';
      problems.push(diagnostic('RW6903', null, { role: role.title, audiences: others }, { help }));
    } else if (audiences.length > 1) {
      const help = 'split it at the tenant into a role for each API, or exclude it';
      problems.push(diagnostic('RW6904', null, { role: role.title, audiences }, { help }));
    } else if (audience === undefined) {
      problems.push(
        diagnostic('RW6905', null, { role: role.title }, { help: 'say so with --application, or exclude it' }),
      );
    } else if (reason !== null) {
      problems.push(diagnostic('RW6902', null, { role: role.title, reason }, { help: mend }));
    } else placed.set(role, audience);
  }
  return [placed, problems];
}

/** Those whose titles nobody takes for another one; of two that look alike, neither is taken. */
export function withoutLookalikes(
  roles: ReadonlyMap<ObservedRole, string>,
  declared: readonly string[],
): Result<ReadonlyMap<ObservedRole, string>> {
  const titles = [...declared, ...[...roles.keys()].map(({ title }) => title)];
  const alike = Map.groupBy(titles, skeletonOf);
  const problems: Diagnostic[] = [];
  const kept = [...roles].filter(([{ title }]) => {
    const others = alike.get(skeletonOf(title)) ?? [];
    const other = others.toSpliced(others.indexOf(title), 1)[0];
    if (other === undefined) return true;
    const help = 'give one of the two another title at the tenant, or exclude one';
    problems.push(diagnostic('RW6906', null, { role: title, other }, { help }));
    return false;
  });
  return [new Map(kept), problems];
}

const mend = 'change it at the tenant, or exclude it';

function problemOfApi({ audience, title, scopes }: ObservedApi): string | null {
  if (!/^[!-~]{1,600}$/u.test(audience)) return 'its audience has characters that no audience can have here';
  const reason = titleReason(title);
  if (reason !== null) return reason;
  for (const { value, description } of scopes.filter((scope) => !isReserved(scope.value))) {
    const problem = scopeProblem(value);
    if (problem !== null) return `its scope "${value}" ${problem}`;
    const unclear = descriptionProblem(description);
    if (unclear !== null) return `the description of its scope "${value}" ${unclear}`;
  }
  return null;
}

function titleReason(title: string): string | null {
  const problem = titleProblem(title);
  return problem === null ? null : `its title ${problem}`;
}

function descriptionReason(description: string): string | null {
  const problem = descriptionProblem(description);
  return problem === null ? null : `its description ${problem}`;
}
