import { ComponentResource } from '@pulumi/pulumi';
import { byCodePoint } from '../language/source.ts';
import type { Pins } from './accounts.ts';

export const accountsType = 'rolewright:index:Accounts';

/**
 * The accounts that addresses stand for, kept in the stack's own state as the output `pins`, one JSON text: a later run
 * need not ask for them, and whoever comes to have the address later does not come to hold the role with it.
 */
export class Accounts extends ComponentResource {
  constructor(pins: Pins) {
    super(accountsType, 'accounts', {}, {});
    super.registerOutputs({ pins: formatPins(pins) });
  }

  /** The base class calls this by itself with nothing, which would erase what stands in the state. */
  protected override registerOutputs(): void {}
}

/** Sorted, so that the same pins are the same text. */
function formatPins(pins: Pins): string {
  return JSON.stringify(Object.fromEntries(Object.entries(pins).sort(([a], [b]) => byCodePoint(a, b))));
}
