import { formatPlace } from '../language/source.ts';
import type { EffectiveAssignment } from '../model/effective-model.ts';
import { accountText } from '../model/link/link-assignment.ts';
import { displayWidth, padEndTo } from './display-width.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

/** The people of an assignment in the order of the file: until when they hold it, the line that says so, and why. */
export function peopleLines({ definition, users }: EffectiveAssignment, paint: Paint): readonly string[] {
  const rows = definition.users.map((user) => ({
    account: terminalText(accountText(user.account)),
    until: untilText(user.validThrough, users.includes(user)),
    place: terminalText(formatPlace(user.place)),
    reason: user.reason === null ? null : terminalText(user.reason),
  }));
  const width = (column: 'account' | 'until') => Math.max(0, ...rows.map((row) => displayWidth(row[column])));
  const [accounts, untils] = [width('account'), width('until')];
  return [
    paint('strong', 'People'),
    ...rows.flatMap(({ account, until, place, reason }) => [
      `  ${padEndTo(account, accounts)}  ${padEndTo(until, untils)}  ${paint('faint', place)}`,
      ...(reason === null ? [] : [`    ${reason}`]),
    ]),
  ];
}

function untilText(validThrough: string | null, isHeld: boolean): string {
  if (validThrough === null) return 'without end';
  return isHeld ? `through ${validThrough}` : `ended on ${validThrough}`;
}
