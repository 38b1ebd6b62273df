/**
 * One cell of CSV (RFC 4180). A spreadsheet takes a cell that begins with one of these signs for a formula and would
 * run it, so an apostrophe goes before it, also where blanks come first.
 */
export function csvCell(text: string): string {
  const inert = /^[\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
  return /[",;\t\r\n']|^\s|\s$/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
