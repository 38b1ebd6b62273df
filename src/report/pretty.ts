import type { Diagnostic } from '../language/diagnostic.ts';
import { formatPlace } from '../language/source.ts';
import type { FrameOf } from './frame.ts';
import { formatFrame } from './frame.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

const indent = '   ';

/**
 * Diagnostics as people read them: where, what, the line itself, what would have been right, and every other place
 * involved. Ends with a line feed unless there is nothing to say.
 */
export function pretty(diagnostics: readonly Diagnostic[], frameOf: FrameOf, paint: Paint): string {
  return diagnostics.map((item) => `${lines(item, frameOf, paint).join('\n')}\n`).join('\n');
}

function lines(item: Diagnostic, frameOf: FrameOf, paint: Paint): readonly string[] {
  const { code, severity, message, place } = item;
  const what = `${paint(severity, `${severity} ${code}`)}  ${paint('strong', terminalText(message))}`;
  const header = place === null ? what : `${paint('link', terminalText(formatPlace(place)))}  ${what}`;
  const frame = place === null ? null : frameOf(place);
  return [header, ...(frame === null ? [] : frameLines(frame, item, paint)), ...advice(item, paint)];
}

function frameLines(frame: NonNullable<ReturnType<FrameOf>>, { severity }: Diagnostic, paint: Paint): string[] {
  const [source, carets] = formatFrame(frame);
  const bar = carets.indexOf('|') + 2;
  return [
    `${indent}${paint('faint', source.slice(0, bar))}${source.slice(bar)}`,
    `${indent}${paint('faint', carets.slice(0, bar))}${paint(severity, carets.slice(bar))}`,
  ];
}

function advice({ expected, suggestion, related, help }: Diagnostic, paint: Paint): readonly string[] {
  const meant = suggestion === null ? null : `did you mean "${terminalText(suggestion)}"?`;
  const said = [
    ...(expected === null ? [] : `expected ${expected}`.split('\n').map(terminalText)),
    // A suggestion and what is to be said of it are one thought, so they are one line.
    meant === null || help === null ? meant : `${meant}  ${sentence(terminalText(help))}`,
    ...related.map((item) => `${terminalText(item.message)}: ${paint('link', terminalText(formatPlace(item.place)))}`),
    meant !== null || help === null ? null : `help: ${terminalText(help)}`,
  ];
  return said.filter((line) => line !== null).map((line) => indent + line);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/u.test(text) ? '' : '.'}`;
}
