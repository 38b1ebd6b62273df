import type { Lettering } from '../lettering.ts';
import { accessTold, reachTold } from './access-words.ts';
import type { Entry } from './entries.ts';
import { lifeTold, peopleTold, provisioningTold, purposesTold } from './life-words.ts';
import { catalogTold, environmentTold, identityTold } from './rest-words.ts';
import type { Told } from './told.ts';

/** An entry in words. */
export function told(entry: Entry, letters: Lettering): Told {
  switch (entry.kind) {
    case 'access':
      return accessTold(entry, letters);
    case 'reach':
      return reachTold(entry, letters);
    case 'new':
    case 'removed':
      return lifeTold(entry.kind, entry.subject, letters);
    case 'people':
      return peopleTold(entry, letters);
    case 'purposes':
      return purposesTold(entry.subject, letters);
    case 'provisioning':
      return provisioningTold(entry, letters);
    case 'identity':
      return identityTold(entry.subject, letters);
    case 'catalog':
      return catalogTold(entry.change, letters);
    case 'environment':
      return environmentTold(entry.change, letters);
  }
}
