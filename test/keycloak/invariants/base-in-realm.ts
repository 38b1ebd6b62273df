import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pair } from '../../invariants/pair.ts';
import type { KeycloakStack } from '../../support/keycloak-stack.ts';
import { startKeycloakStack } from '../../support/keycloak-stack.ts';
import { makeRealm } from '../realm.ts';
import { censusOf, pairInRealm } from './pair-in-realm.ts';
import { plantByHand, realmToPlant } from './plant.ts';
import { readRealm, representationOf } from './read-realm.ts';
import type { RealmWatch } from './watch-realm.ts';
import { watchRealm } from './watch-realm.ts';

/** A stack and a realm as they are before a change, laid aside so that any number of runs begin with the very same. */
export interface RealmBase {
  /** The change as it is in this realm. */
  readonly pair: Pair;
  /** Puts both back to what they were; one after the other. */
  readonly open: () => Promise<WatchedRealm>;
  readonly remove: () => Promise<void>;
}

export interface WatchedRealm {
  readonly stack: KeycloakStack;
  readonly watch: RealmWatch;
}

/**
 * Makes a realm with things of other people, applies what is declared before, by the product itself, and adds what people do
 * with it by hand.
 *
 * @throws Error if that fails already
 */
export async function layBaseInRealm(declared: Pair): Promise<RealmBase> {
  const census = censusOf(declared);
  const stack = await startKeycloakStack({ realm: realmToPlant(declared, census) });
  const laid = await mkdtemp(join(tmpdir(), 'rolewright-base-'));
  const remove = async () => {
    await stack.stop();
    await rm(laid, { recursive: true, force: true });
  };
  const { realm, workDir } = stack;
  const pair = pairInRealm(declared, realm, census);
  try {
    if (pair.before.desired.applications.length > 0) {
      const { problems } = await stack.up(pair.before.desired);
      if (problems.length > 0) throw new Error(`${pair.name}: before: ${problems.join('; ')}`);
    }
    await plantByHand(realm, pair);
    await cp(workDir, laid, { recursive: true });
    const representation = representationOf(await readRealm(realm));
    const watch = watchRealm(stack);
    let isAsLaid = true;
    const open = async () => {
      if (!isAsLaid) {
        await realm.remove();
        // Of its old name and with its old ids: the realm that the stack and its base know.
        await makeRealm(representation);
        await rm(workDir, { recursive: true });
        await cp(laid, workDir, { recursive: true });
      }
      isAsLaid = false;
      return { stack, watch };
    };
    return { pair, open, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
