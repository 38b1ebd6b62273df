/**
 * What could move the cursor, hide text or turn its direction: control characters, line separators, formats (which
 * hold the bidirectional ones), lone surrogates, private use, and all that a renderer leaves out.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;

const named: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Text from a file or from the outside, safe to print on a terminal: what could deceive is shown as `\u{202e}`. */
export function terminalText(text: string): string {
  return text.replace(unsafe, (character) => named[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
