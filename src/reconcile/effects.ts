import { byCodePoint } from '../language/source.ts';
import type {
  ApplicationChange,
  CatalogChange,
  Change,
  HolderChange,
  Plan,
  ProvisioningChange,
  RoleChange,
} from '../model/plan.ts';
import { namesOf } from '../stack/logical-name.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { Step } from './plan-from-steps.ts';
import { isOurs, isWrite, nameOfUrn } from './state.ts';

/** One thing that a plan does, so small that two plans can be compared as sets of them. */
export interface Effect {
  /** What it is done to: `shop`, `shop/admin`; type and name of a resource that is not ours. */
  readonly subject: string;
  /** What follows "the engine would": `grant edit:spend to role shop/admin`. */
  readonly text: string;
}

/**
 * What an update does: the plan that its steps come to, and what no plan has words for (a resource that is made anew and
 * so loses its id, and one that is none of ours). Sorted, each once.
 */
export function effectsOf(plan: Plan, steps: readonly Step[] = []): readonly Effect[] {
  const all = [...plan.changes.flatMap(effectsOfChange), ...replacements(steps), ...foreign(steps)];
  return [...new Map(all.map((effect) => [effect.text, effect])).values()].sort((a, b) => byCodePoint(a.text, b.text));
}

/** The effects that the others lack. */
export function withoutEffects(effects: readonly Effect[], others: readonly Effect[]): readonly Effect[] {
  const texts = new Set(others.map(({ text }) => text));
  return effects.filter(({ text }) => !texts.has(text));
}

/** A few effects in one line: "grant a to role shop/admin, take b from role shop/admin and 7 more". */
export function doingOfEffects(effects: readonly Pick<Effect, 'text'>[]): string {
  const [first = '', ...others] = effects.map(({ text }) => text);
  const shown = [first, ...others.slice(0, 2)].join(', ');
  return effects.length > 3 ? `${shown} and ${effects.length - 3} more` : shown;
}

function effectsOfChange(change: Change): readonly Effect[] {
  switch (change.subject) {
    case 'application':
      return ofApplication(change);
    case 'catalog':
      return ofCatalog(change);
    case 'role':
      return ofRole(change);
    case 'holder':
      return [ofHolder(change)];
    case 'provisioning':
      return [ofProvisioning(change)];
  }
}

function ofApplication({ action, application, details }: ApplicationChange): readonly Effect[] {
  const does = (text: string) => ({ subject: application, text });
  if (action === 'create' || action === 'remove') return [does(`${action} application ${application}`)];
  return [
    ...(action === 'adopt' ? [does(`take over application ${application}`)] : []),
    ...(action === 'update' && details.length === 0 ? [does(`change the API of application ${application}`)] : []),
    ...details.map((detail) => does(`change application ${application}: ${detail}`)),
  ];
}

function ofCatalog({ action, application, added, removed, described }: CatalogChange): readonly Effect[] {
  const does = (verb: string) => (scope: string) => ({
    subject: application,
    text: `${verb} scope ${scope} in application ${application}`,
  });
  return [
    ...(action === 'adopt' ? [{ subject: application, text: `take over the scopes of ${application}` }] : []),
    ...scopesOf(added).map(does('offer')),
    ...scopesOf(removed).map(does('withdraw')),
    ...scopesOf(described).map(does('describe anew')),
  ];
}

function ofRole(change: RoleChange): readonly Effect[] {
  const { action, application, role, title, gains, loses, renamedFrom, retitledFrom, described } = change;
  const subject = `${application}/${role}`;
  const verbs = {
    create: `create role ${subject}`,
    adopt: `take over role ${subject}`,
    remove: `remove role ${subject}`,
  };
  return [
    ...(action === 'update' ? [] : [verbs[action]]),
    ...(renamedFrom === null ? [] : [`rename role ${renamedFrom} to ${subject}`]),
    ...(retitledFrom === null ? [] : [`retitle role ${subject} as "${title}"`]),
    ...(described ? [`describe role ${subject} anew`] : []),
    ...scopesOf(gains).map((scope) => `grant ${scope} to role ${subject}`),
    ...scopesOf(loses).map((scope) => `take ${scope} from role ${subject}`),
  ].map((text) => ({ subject, text }));
}

function ofHolder({ action, application, role, account }: HolderChange): Effect {
  const subject = `${application}/${role}`;
  return {
    subject,
    text: action === 'add' ? `give role ${subject} to ${account}` : `take role ${subject} from ${account}`,
  };
}

function ofProvisioning({ reach, action, application, role, domain, connection }: ProvisioningChange): Effect {
  const subject = `${application}/${role}`;
  if (reach === 'everybody') {
    const text = action === 'remove' ? `take role ${subject} from everybody` : `give role ${subject} to everybody`;
    return { subject, text };
  }
  if (action === 'rewrite') return { subject: application, text: `write the sign-in action of ${application} anew` };
  const whom = domain === null ? 'whoever' : `people of ${domain} over ${connection}, when one`;
  const verb = action === 'remove' ? 'no longer give' : 'give';
  return { subject, text: `${verb} role ${subject} to ${whom} signs in to ${application} for the first time` };
}

function scopesOf(access: readonly { readonly scopes: readonly string[] }[]): readonly string[] {
  return access.flatMap(({ scopes }) => scopes);
}

const words: Readonly<Record<string, string>> = {
  [kinds.api]: 'the API of application',
  [kinds.scopes]: 'the scopes of application',
  [kinds.role]: 'role',
  [kinds.grants]: 'the grants of role',
  [kinds.holder]: 'the holder',
  [kinds.action]: 'the sign-in action',
  [kinds.binding]: 'the binding of the sign-in action',
  [kinds.defaultRole]: 'the default role',
};

/** Of a role that is made anew its grants and its people are made anew as well; that goes without saying. */
function replacements(steps: readonly Step[]): readonly Effect[] {
  const replaced = steps.filter(({ op, type }) => op === 'replace' && type in words);
  const roles = replaced.filter(({ type }) => type === kinds.role).map(({ urn }) => nameOfUrn(urn));
  return replaced.flatMap(({ type, urn }) => {
    const name = nameOfUrn(urn);
    if (type !== kinds.role && roles.some((role) => name === role || name.startsWith(`${role}.`))) return [];
    const { application, role } = namesOf(name);
    const subject = role === null ? application : `${application}/${role}`;
    return [{ subject, text: `delete ${words[type]} ${subject} and make it anew, with another id` }];
  });
}

/** What is done to resources that no document can declare: somebody has put them into the stack by other means. */
function foreign(steps: readonly Step[]): readonly Effect[] {
  return steps.flatMap((step) => {
    const { op, type, urn } = step;
    if (isOurs(type) || !isWrite(step)) return [];
    return [{ subject: `${type}::${nameOfUrn(urn)}`, text: `${op} ${type} ${nameOfUrn(urn)}` }];
  });
}
