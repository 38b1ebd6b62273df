import type { Entry } from './entry.ts';

/** RW1…: reading YAML, and the shape of a document. */
export const yamlCodes = {
  RW1001: {
    severity: 'error',
    meaning: 'The file is not UTF-8, so its text would have to be guessed.',
    message: (p: { offset: number }) => `not UTF-8: byte ${p.offset + 1} begins no character`,
  },
  RW1002: {
    severity: 'error',
    meaning: 'The file is larger than a file of roles can sensibly be; it was not read.',
    message: (p: { bytes: number; limit: number }) =>
      `the file has ${p.bytes} bytes; at most ${p.limit} are read, so that no input can exhaust the machine`,
  },
  RW1003: {
    severity: 'error',
    meaning: 'The text is not YAML.',
    message: (p: { reason: string }) => p.reason,
  },
  RW1004: {
    severity: 'error',
    meaning: 'A key stands twice in a map; one of the two would be lost.',
    message: (p: { key: string }) => `the key "${p.key}" stands here twice`,
  },
  RW1005: {
    severity: 'error',
    meaning: 'Flow style hides several decisions in one line; the language is written in block style.',
    message: (p: { what: 'list' | 'map' }) => `a ${p.what} in flow style`,
  },
  RW1006: {
    severity: 'error',
    meaning: 'Anchors and aliases let one line change the meaning of another; the language has neither.',
    message: (p: { name: string }) => `an anchor "&${p.name}"`,
  },
  RW1007: {
    severity: 'error',
    meaning: 'Anchors and aliases let one line change the meaning of another; the language has neither.',
    message: (p: { name: string }) => `an alias "*${p.name}"`,
  },
  RW1008: {
    severity: 'error',
    meaning: 'A merge key brings in lines that stand elsewhere; the language has none.',
    message: (_: Record<string, never>) => 'a merge key "<<"',
  },
  RW1009: {
    severity: 'error',
    meaning: 'Tags change what a value is; every value of the language is plain text, true or false, or a list or map.',
    message: (p: { tag: string }) => `a tag "${p.tag}"`,
  },
  RW1010: {
    severity: 'error',
    meaning: 'Tabs look like spaces and are not; YAML forbids them for indentation.',
    message: (_: Record<string, never>) => 'a tab',
  },
  RW1011: {
    severity: 'error',
    meaning: 'A "#" after a blank begins a comment in YAML, so the rest of the text would silently be lost.',
    message: (p: { kept: string }) => `the text ends before "#": YAML reads only "${p.kept}"`,
  },
  RW1012: {
    severity: 'error',
    meaning: 'No document of the language nests this deeply; the file was not read further.',
    message: (p: { limit: number }) => `nested more than ${p.limit} levels deep`,
  },
  RW1013: {
    severity: 'advice',
    meaning: 'Lines end with CR LF; they are read all the same, but a change of line ends shows every line as changed.',
    message: (_: Record<string, never>) => 'the lines end with CR LF',
  },
  RW1014: {
    severity: 'advice',
    meaning: 'The file begins with a byte order mark; it is read all the same.',
    message: (_: Record<string, never>) => 'the file begins with a byte order mark',
  },
  RW1015: {
    severity: 'error',
    meaning: 'Control, bidirectional and invisible characters make a text look like another one.',
    message: (p: { codePoint: string }) => `the character ${p.codePoint}, which cannot be seen`,
  },
  RW1016: {
    severity: 'error',
    meaning: 'A document of the language is a map that begins with apiVersion and kind.',
    message: (p: { found: string }) => `a document that is ${p.found}`,
  },
  RW1017: {
    severity: 'error',
    meaning: 'Keys are plain words.',
    message: (p: { found: string }) => `a key that is ${p.found}`,
  },
  RW1018: {
    severity: 'error',
    meaning: 'Directives change how YAML is read; the language is YAML 1.2 and needs none.',
    message: (_: Record<string, never>) => 'a YAML directive',
  },
  RW1019: {
    severity: 'error',
    meaning: 'The file could not be read.',
    message: (p: { reason: string }) => `cannot be read: ${p.reason}`,
    exitCode: 2,
  },
  RW1020: {
    severity: 'error',
    meaning: 'There is nothing to check: the folder with the documents is missing or empty.',
    message: (p: { folder: string }) => `no YAML files below ${p.folder}`,
    exitCode: 2,
  },
  RW1021: {
    severity: 'error',
    meaning:
      'The file has more lines, entries and punctuation than a file of roles can sensibly have; it was not read.',
    message: (p: { limit: number }) =>
      `more than ${p.limit} lines and marks of YAML are not read, so that no input can exhaust the machine`,
  },
  RW1022: {
    severity: 'warning',
    meaning: 'The file holds no document: whatever it declared is gone, which a reader of the diff may not see.',
    message: (_: Record<string, never>) => 'the file holds no document',
  },
  RW1101: {
    severity: 'error',
    meaning: 'The version of the language that the document is written in is unknown.',
    message: (p: { found: string }) => `unknown apiVersion "${p.found}"`,
  },
  RW1102: {
    severity: 'error',
    meaning: 'The language has no document of this kind.',
    message: (p: { found: string }) => `unknown kind "${p.found}"`,
  },
  RW1103: {
    severity: 'error',
    meaning: 'A key that the language does not know here. An unknown key would be a decision that nobody carries out.',
    message: (p: { key: string }) => `unknown key "${p.key}"`,
  },
  RW1104: {
    severity: 'error',
    meaning: 'A key that must be there is missing.',
    message: (p: { key: string }) => `"${p.key}" is missing`,
  },
  RW1105: {
    severity: 'error',
    meaning: 'A value of another type than the key takes.',
    message: (p: { key: string; found: string }) => `${p.key} is ${p.found}`,
  },
  RW1106: {
    severity: 'error',
    meaning: 'A value that is not one of the words that the key takes.',
    message: (p: { key: string; found: string }) => `${p.key} cannot be "${p.found}"`,
  },
  RW1107: {
    severity: 'error',
    meaning: 'A value that is not written as the key wants it.',
    message: (p: { key: string; found: string }) => `${p.key} cannot be written "${p.found}"`,
  },
  RW1108: {
    severity: 'error',
    meaning: 'A list with too few entries to say anything.',
    message: (p: { key: string; count: number }) =>
      p.count === 0 ? `${p.key} is empty` : `${p.key} has ${p.count === 1 ? 'one entry' : `${p.count} entries`}`,
  },
  RW1109: {
    severity: 'error',
    meaning: 'A text that is longer than is allowed.',
    message: (p: { key: string; limit: number }) => `${p.key} has more than ${p.limit} characters`,
  },
  RW1110: {
    severity: 'error',
    meaning: 'A reference with a space after its colon is a map in YAML.',
    message: (p: { found: string }) => `"${p.found}" is a map in YAML, not a reference`,
  },
  RW1111: {
    severity: 'error',
    meaning: 'YAML takes the unquoted word for a number, a truth value or nothing, not for text.',
    message: (p: { found: string; as: string }) => `YAML takes ${p.found} for ${p.as}`,
  },
  RW1112: {
    severity: 'error',
    meaning:
      'Words that other YAML readers take for a truth value or nothing, or that would read like a wildcard, are not names.',
    message: (p: { found: string }) => `"${p.found}" cannot be a name`,
  },
} as const satisfies Record<string, Entry>;
