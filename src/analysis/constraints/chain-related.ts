import type { Related } from '../../language/diagnostic.ts';
import type { HeldPermission, Step } from '../../model/effective-model.ts';
import { stepRelated } from '../../model/step-related.ts';

/** The chain that gives a permission as related places, from the holder down to the grant. */
export function chainRelated(held: HeldPermission): readonly Related[] {
  return held.chains[0].map(stepRelated);
}

/**
 * The line of the holder's own file by which it comes to hold a permission: its grant, or the parent or base that brings
 * it. That is where a rule about the holder is mended, as the grant further down may be right for whoever makes it.
 */
export function ownLine(held: HeldPermission): Step {
  return held.chains[0][0];
}

/**
 * What else is to be seen of a permission that its holder should not have: the rest of the chain, and the other lines of
 * the holder that give it too, so that nobody takes one away and finds it still held.
 */
export function besidesOwnLine(held: HeldPermission): readonly Related[] {
  const [[, ...rest], ...others] = held.chains;
  const also = others.map(([step]) => stepRelated(step));
  return [...rest.map(stepRelated), ...also.map(({ message, place }) => ({ message: `${message} as well`, place }))];
}
