/** Words that YAML, or who reads it, takes for something else than text. */
const special = /^(?:true|false|null|yes|no|on|off|y|n)$/iu;

/** Begins with a letter, and has nothing in which YAML sees a comment, a key, or the end of a word. */
const plain = /^\p{L}(?:[\p{L}\p{N} .,;()'’&/+_@%=*!?|<>~^$-]|:(?=[^\s,]))*$/u;

/** A text as a value on one line: bare where that is sure to be the same text, else in double quotes. */
export function scalar(text: string): string {
  return plain.test(text) && !text.endsWith(' ') && !special.test(text) ? text : JSON.stringify(text);
}

/** A key with its text, as lines; none where there is no text. */
export function entry(key: string, text: string | null): readonly string[] {
  return text === null ? [] : [`${key}: ${scalar(text)}`];
}

/** A key with a list of texts; none where the list is empty. */
export function list(key: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : [`${key}:`, ...entries.map((text) => `  - ${scalar(text)}`)];
}

/** A key with what stands below it. */
export function below(key: string, lines: readonly string[]): readonly string[] {
  return [`${key}:`, ...indented(lines)];
}

/** The lines of a map as an entry of a list, its dash at the margin. */
export function item(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

export function indented(lines: readonly string[], by = 2): readonly string[] {
  return lines.map((line) => `${' '.repeat(by)}${line}`);
}
