import { styleText } from 'node:util';

/** What a stretch of text is, never how it looks: every report names styles from this list and nothing else. */
export type Style = 'error' | 'warning' | 'advice' | 'add' | 'change' | 'remove' | 'strong' | 'faint' | 'link';

/** Colours a text, or leaves it alone. A report takes one as an option and never looks at the terminal itself. */
export type Paint = (style: Style, text: string) => string;

const formats = {
  error: ['red', 'bold'],
  warning: ['yellow', 'bold'],
  advice: ['cyan'],
  add: ['green'],
  change: ['yellow'],
  remove: ['red'],
  strong: ['bold'],
  faint: ['dim'],
  link: ['cyan'],
} as const satisfies Record<Style, readonly Parameters<typeof styleText>[0][]>;

/** No colours: for files, pipes and `NO_COLOR`. */
export const plain: Paint = (_style, text) => text;

/** ANSI colours, whatever the stream: whoever passes it has looked at the terminal already. */
export const coloured: Paint = (style, text) =>
  text === '' ? '' : styleText([...formats[style]], text, { validateStream: false });
