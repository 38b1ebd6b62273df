import type { Violation } from '../../invariants/invariants.ts';
import { violationsOf } from '../../invariants/invariants.ts';
import type { Observation } from '../../invariants/observation.ts';
import { callText, instantsOf } from '../../invariants/observation.ts';
import type { RealmState, Token } from './realm-state.ts';

/** What is broken of the seven invariants, and of what Keycloak has more: its tokens, and what others set in a realm. */
export function violationsInRealm(observation: Observation<RealmState>): readonly Violation[] {
  return [
    ...untrueTokens(observation).map((message) => ({ number: 0, name: 'true tokens', message })),
    ...violationsOf(observation),
    ...trespassesInRealm(observation).map((message) => ({ number: 4, name: 'nothing foreign', message })),
  ];
}

/** 0. The invariants look at roles; at every instant the tokens of all people say the very same, and count in one application. */
function untrueTokens({ first, ...observation }: Observation<RealmState>): readonly string[] {
  const seen = [
    { when: 'before the first call', tokens: first.tokens },
    ...instantsOf({ first, ...observation }).map(({ call, snapshot }) => ({
      ...{ when: `after ${callText(call)}`, tokens: snapshot.tokens },
    })),
  ];
  return seen.flatMap(({ when, tokens }) => tokens.flatMap((token) => untruths(token).map((one) => `${when} ${one}`)));
}

function untruths({ username, clientId, audience, permissions, held }: Token): readonly string[] {
  const token = `the token of ${username} for ${clientId}`;
  return [
    ...(audience.join() === clientId ? [] : [`${token} is for [${audience.join(', ')}]`]),
    ...(permissions.join('\n') === held.join('\n')
      ? []
      : [`${token} says [${permissions.join(', ')}], and roles give [${held.join(', ')}]`]),
  ];
}

/**
 * 4. Byte for byte, whatever a realm has that is not ours; and what others have set on things of ours, as long as these are
 * there. Nothing is written outside of the realm.
 */
function trespassesInRealm(observation: Observation<RealmState>): readonly string[] {
  const { first } = observation;
  for (const { call, snapshot } of instantsOf(observation)) {
    if (call.path.startsWith('/admin/')) return [`${callText(call)} is not about this realm`];
    const foreign = new Set([...first.foreign.keys(), ...snapshot.foreign.keys()]);
    const differences = [
      ...[...foreign].flatMap((name) => difference(name, first.foreign.get(name), snapshot.foreign.get(name))),
      ...[...first.beside].flatMap(([name, before]) =>
        difference(`what others set on ${name}`, before, snapshot.beside.get(name) ?? before),
      ),
    ];
    if (differences.length > 0) return differences.map((one) => `after ${callText(call)} ${one}`);
  }
  return [];
}

function difference(name: string, before = 'not there', now = 'not there'): readonly string[] {
  if (before === now) return [];
  const start = [...before].findIndex((character, index) => character !== now[index]);
  const excerpt = (text: string) => text.slice(Math.max(0, start - 60), start + 60);
  return [`${name} is not as it was: …${excerpt(before)}… is now …${excerpt(now)}…`];
}
