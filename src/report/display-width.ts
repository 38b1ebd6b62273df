const marks = /^[\p{Mn}\p{Me}]$/u;
const wide =
  /^[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{33ff}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{a000}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;

/** How many columns of a terminal a text takes (East Asian wide characters and emoji take two, marks none). */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (marks.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}

/** The text with spaces after it, up to a width in columns; longer text is left alone. */
export function padEndTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
