import { markdownCode } from './markdown-code.ts';
import { markdownText } from './markdown-text.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

/** How a report writes what comes from a file: escaped for its sink, whatever the emphasis, so that several reports share their words. */
export interface Lettering {
  readonly text: (name: string) => string;
  readonly strong: (name: string) => string;
  /** References and places. */
  readonly code: (name: string) => string;
  /** A warning of one word behind what it warns of, in words so that it hangs on no colour. */
  readonly mark: (word: string) => string;
}

/** For a terminal. */
export function terminalLettering(paint: Paint): Lettering {
  return {
    text: (name) => terminalText(clipped(name)),
    strong: (name) => paint('strong', terminalText(clipped(name))),
    code: (name) => terminalText(name),
    mark: (word) => `   ${paint('error', word.toUpperCase())}`,
  };
}

/** For GitHub's Markdown. */
export const markdownLettering: Lettering = {
  text: (name) => markdownText(clipped(name)),
  // Emphasis needs its text without blanks around it.
  strong: (name) => `**${markdownText(clipped(name)).trim()}**`,
  code: markdownCode,
  mark: (word) => ` ⚠&nbsp;**${word}**`,
};

/** Nothing that people read in a line is longer; a whole story in a title would push aside what matters. */
const longest = 160;

function clipped(text: string): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text;
}
