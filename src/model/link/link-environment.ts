import { nearestName } from '../../language/nearest-name.ts';
import type { Place } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import type { Application, Environment, EnvironmentApplication, RequiredRole } from '../definitions.ts';
import type { Collector } from './collector.ts';
import { suggesting } from './collector.ts';
import { identityOf } from './identity.ts';
import { checkTenant } from './link-tenant.ts';
import { knownNames } from './names.ts';

const secondsOf = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
/** Auth0: token_lifetime of a resource server is 0 to 2592000 seconds. */
const longestLifetime = 2_592_000;

/** Links an Environment: its applications and required roles exist, and what it says of them can be. */
export function linkEnvironment(
  typed: TypedDocument<'Environment'>,
  applications: ReadonlyMap<string, Application>,
  collector: Collector,
): Environment {
  const { document, value } = typed;
  const { spec } = value;
  const { purpose, target = 'auth0', tenant } = spec;
  checkTenant(spec, document, collector);
  const seen = new Map<string, Place>();
  const linked = spec.applications.flatMap((written, index): EnvironmentApplication[] => {
    const path = ['spec', 'applications', index];
    const place = document.locate([...path, 'name']);
    const first = seen.get(written.name);
    if (first !== undefined) {
      const related = [{ message: 'first here', place: first }];
      collector.report('RW2120', place, { entry: written.name, key: 'applications' }, { related, expected: 'once' });
      return [];
    }
    seen.set(written.name, place);
    if (!applications.has(written.name)) {
      reportUnknownApplication(written.name, place, applications, collector);
      return [];
    }
    const lifetime = lifetimeSeconds(written.tokenLifetime ?? '1h');
    if (lifetime > longestLifetime) {
      const at = document.locate([...path, 'tokenLifetime']);
      collector.report('RW4104', at, { found: written.tokenLifetime ?? '' }, { expected: 'at most 30d' });
    }
    const audiencePlace = document.locate([...path, 'audience']);
    return [{ name: written.name, audience: written.audience, tokenLifetimeSeconds: lifetime, place, audiencePlace }];
  });
  const required = (spec.guards?.requiredRoles ?? []).flatMap((written, index): RequiredRole[] => {
    const place = document.locate(['spec', 'guards', 'requiredRoles', index, 'role']);
    const role = linkRequiredRole(written.role, place, spec.applications, applications, collector);
    return role === null ? [] : [{ ...role, minimumHolders: written.minimumHolders ?? null, place }];
  });
  return {
    ...identityOf(document, value.metadata, collector),
    ...{ purpose, target, tenant },
    applications: linked,
    protect: spec.protect ?? false,
    guards: { maximumRemoval: shareOf(spec.guards?.maximumRemoval), requiredRoles: required },
  };
}

/** One stack owns an audience in a tenant: the same audience twice for one tenant is an error. */
export function checkAudiences(environments: readonly Environment[], collector: Collector): void {
  const owners = new Map<string, Place>();
  for (const { tenant, name, applications } of environments) {
    for (const { audience, audiencePlace: place } of applications) {
      // Every run of the emulator has a tenant of its own, but an environment has only one; a realm stays what it is.
      const key = tenant === 'loopback' ? `${name} ${audience}` : `${tenant} ${audience}`;
      const first = owners.get(key);
      if (first === undefined) owners.set(key, place);
      else {
        const related = [{ message: 'first here', place: first }];
        collector.report('RW4103', place, { audience, tenant }, { related, expected: 'an audience of its own' });
      }
    }
  }
}

function linkRequiredRole(
  reference: string,
  place: Place,
  placed: readonly { readonly name: string }[],
  applications: ReadonlyMap<string, Application>,
  collector: Collector,
): { role: string; application: string; name: string } | null {
  const [application = '', name, ...rest] = reference.split('/');
  if (name === undefined || rest.length > 0) {
    const candidates = [...applications.values()].flatMap((known) =>
      rolesOf(known).map((role) => `${known.name}/${role}`),
    );
    const suggestion =
      candidates.find((candidate) => candidate.endsWith(`/${reference}`)) ?? nearestName(reference, candidates);
    collector.report('RW4107', place, { reference }, { expected: 'application/role', suggestion });
    return null;
  }
  const known = applications.get(application);
  if (known === undefined) {
    const suggestions = suggesting(collector, (suggestion) => `${suggestion}/${name}`);
    reportUnknownApplication(application, place, applications, suggestions);
    return null;
  }
  const renamed = [...known.roles, ...known.customRoles].find(({ formerly }) => formerly.includes(name));
  if (renamed !== undefined && !rolesOf(known).includes(name)) {
    const now = `${application}/${renamed.name}`;
    collector.report('RW2114', place, { name: reference, now }, { suggestion: now });
    return null;
  }
  const names = placed.map((other) => other.name);
  if (!names.includes(application)) {
    // Beside a misspelt application it may well be the one that is meant.
    const isTold = names.every((other) => applications.has(other));
    if (isTold) collector.report('RW4105', place, { application }, { expected: knownNames(names) });
    return null;
  }
  const block = known.roles.find((role) => role.name === name);
  if (block !== undefined && !block.assignable) {
    collector.report('RW3113', place, { role: name }, { related: [{ message: 'the role', place: block.place }] });
    return null;
  }
  if (!rolesOf(known).includes(name)) {
    const nearest = nearestName(name, rolesOf(known));
    const suggestion = nearest === null ? null : `${application}/${nearest}`;
    collector.report('RW2109', place, { name, application }, { suggestion, expected: knownNames(rolesOf(known)) });
    return null;
  }
  return { role: reference, application, name };
}

function rolesOf(application: Application): readonly string[] {
  const roles = application.roles.filter(({ assignable }) => assignable);
  return [...roles, ...application.customRoles].map(({ name }) => name);
}

function reportUnknownApplication(
  name: string,
  place: Place,
  applications: ReadonlyMap<string, Application>,
  collector: Collector,
): void {
  const renamed = [...applications.values()].find(({ formerly }) => formerly.includes(name));
  if (renamed !== undefined) {
    collector.report('RW2114', place, { name, now: renamed.name }, { suggestion: renamed.name });
    return;
  }
  const suggestion = nearestName(name, applications.keys());
  collector.report('RW2110', place, { name }, { suggestion, expected: knownNames(applications.keys()) });
}

function lifetimeSeconds(written: string): number {
  const unit = written.slice(-1) as keyof typeof secondsOf;
  return Number(written.slice(0, -1)) * secondsOf[unit];
}

function shareOf(written: string | undefined): number | null {
  return written === undefined ? null : Number(written.slice(0, -1)) / 100;
}
