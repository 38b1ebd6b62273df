import type { Adoption } from '../stack/adoption.ts';
import { justInTimeName } from '../stack/lowered-just-in-time.ts';
import type { LoweredApplication, LoweredRole, LoweredState } from '../stack/lowered-state.ts';
import { kinds } from '../stack/resource-kinds.ts';
import { actionCode } from '../targets/auth0/action/action-code.ts';
import { signInPolicy } from '../targets/auth0/lower-just-in-time.ts';
import type { Step } from './plan-from-steps.ts';
import type { StateResource } from './state.ts';
import { isOurs, nameOfUrn } from './state.ts';

type Inputs = Readonly<Record<string, unknown>>;

/** A resource that is to be there, and the names that it may have had. */
interface Wanted {
  readonly type: string;
  readonly name: string;
  readonly formerly: readonly string[];
  readonly inputs: Inputs;
  /** The id of what the tenant has of it already and the state has not. */
  readonly adopted: string | undefined;
}

/**
 * The steps that take what is there to what is declared, worked out without the engine: what it announces is held against
 * them, and what several updates will do one after the other is known before the first of them runs.
 */
export function expectedSteps(
  target: LoweredState,
  before: readonly StateResource[],
  adoption: Adoption,
): readonly Step[] {
  const ours = before.filter(({ type }) => isOurs(type));
  const wanted = [
    ...target.applications.flatMap((application) => wantedOf(application, adoption)),
    ...wantedAtSignIn(target, ours, adoption),
  ];
  const found = new Map(
    wanted.map((one) => [
      one,
      ours.find(({ type, name }) => type === one.type && [one.name, ...one.formerly].includes(name)),
    ]),
  );
  const kept = new Set(found.values());
  return [
    ...wanted.map((one) => stepTo(one, found.get(one))),
    ...ours.filter((resource) => !kept.has(resource)).map(deletion),
  ];
}

/** What is there when such steps have been taken. */
export function afterSteps(before: readonly StateResource[], steps: readonly Step[]): readonly StateResource[] {
  const touched = new Set(steps.flatMap(({ old }) => (old ? [old.urn] : [])));
  const untouched = before.filter(({ urn }) => !touched.has(urn));
  const made = steps.flatMap((step): StateResource[] => {
    if (!step.new) return [];
    const holds = { ...step.old?.inputs, ...step.new.inputs };
    return [{ urn: step.new.urn, type: step.type, name: nameOfUrn(step.new.urn), id: null, holds, protect: false }];
  });
  return [...untouched, ...made];
}

function wantedOf(application: LoweredApplication, adoption: Adoption): readonly Wanted[] {
  const { name, formerly, api, scopes, roles, defaultRole } = application;
  const resourceServerIdentifier = api.identifier;
  const own = { name, formerly };
  return [
    { ...own, type: kinds.api, inputs: { ...api }, adopted: adoption.apis[name] },
    { ...own, type: kinds.scopes, inputs: { resourceServerIdentifier, scopes }, adopted: adoption.scopes[name] },
    ...roles.flatMap((role) => wantedOfRole(role, resourceServerIdentifier, adoption)),
    ...roles.filter(({ logicalName }) => logicalName === defaultRole).map(wantedForEverybody),
  ];
}

/** It is known by the role that everybody holds: another one is one more, and ids need not be compared. */
function wantedForEverybody({ logicalName: name, formerly }: LoweredRole): Wanted {
  return { type: kinds.defaultRole, name, formerly, inputs: {}, adopted: undefined };
}

function wantedOfRole(role: LoweredRole, resourceServerIdentifier: string, adoption: Adoption): readonly Wanted[] {
  const { logicalName: name, formerly, description, scopes, holders } = role;
  const permissions = scopes.map((scope) => ({ name: scope, resourceServerIdentifier }));
  const own = { name, formerly, adopted: undefined };
  return [
    { ...own, type: kinds.role, inputs: { name: role.name, description }, adopted: adoption.roles[name] },
    ...(permissions.length === 0 ? [] : [{ ...own, type: kinds.grants, inputs: { permissions } }]),
    ...holders.map(({ logicalName, userId }) => ({
      type: kinds.holder,
      name: logicalName,
      formerly: formerly.map((old) => old + logicalName.slice(name.length)),
      inputs: { userId },
      adopted: undefined,
    })),
  ];
}

/** The code is made of ids: where one is not known yet, it is not the code that is there, and that is all that counts. */
function wantedAtSignIn(
  { justInTime, applications }: LoweredState,
  before: readonly StateResource[],
  adoption: Adoption,
): readonly Wanted[] {
  if (justInTime === null) return [];
  const roles = applications.flatMap((application) => application.roles);
  const idOf = (name: string) => {
    const formerly = roles.find(({ logicalName }) => logicalName === name)?.formerly ?? [];
    const role = before.find((one) => one.type === kinds.role && [name, ...formerly].includes(one.name));
    return role?.id ?? adoption.roles[name] ?? '';
  };
  const { name, deploy, bound } = justInTime;
  const own = { name: justInTimeName, formerly: [] };
  const inputs = { name, code: actionCode(signInPolicy(justInTime, idOf)), deploy };
  return [
    { ...own, type: kinds.action, inputs, adopted: adoption.actions[justInTimeName] },
    ...(bound
      ? [
          {
            ...own,
            type: kinds.binding,
            inputs: { trigger: 'post-login', displayName: name },
            adopted: undefined,
          },
        ]
      : []),
  ];
}

function stepTo({ type, name, inputs, adopted }: Wanted, found: StateResource | undefined): Step {
  const side = { urn: urnOf(type, name), inputs };
  const old = found === undefined ? null : { urn: found.urn, inputs: found.holds };
  if (adopted !== undefined) return { op: 'import', urn: side.urn, type, old, new: side };
  if (old === null) return { op: 'create', urn: side.urn, type, old, new: side };
  return { op: isHeld(inputs, old.inputs) ? 'same' : 'update', urn: side.urn, type, old, new: side };
}

function deletion({ urn, type, holds }: StateResource): Step {
  return { op: 'delete', urn, type, old: { urn, inputs: holds }, new: null };
}

/** Whether all is there that is wanted; of lists the plan itself finds out what differs. */
function isHeld(wanted: Inputs, held: Inputs): boolean {
  return Object.entries(wanted).every(([key, value]) => typeof value !== 'object' && held[key] === value);
}

/** A name that stands for the resource in a comparison; only the engine knows the whole URN of what is not there yet. */
function urnOf(type: string, name: string): string {
  return `urn:pulumi:expected::${type}::${name}`;
}
