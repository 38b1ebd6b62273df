import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Suggestion } from './command-words.ts';
import { readCommandLine } from './command-words.ts';
import { repositoryNames } from './repository-names.ts';

/** What a shell is told where its own names of files are wanted. */
const files = ':files';

/**
 * What a command line could go on with, a line each: the word, a tab, and what it is.
 *
 * @param words the words behind `rolewright`; the last one is being typed
 * @param breaks characters at which the shell cuts words; bash says which. Its pieces are put together again, and
 *   answers begin behind the last such character, for bash replaces no more than its last piece
 */
export async function complete(
  program: Command,
  words: readonly string[],
  breaks: string | null,
  currentFolder: string,
): Promise<readonly string[]> {
  const separators = [':', '='].filter((character) => breaks?.includes(character) === true);
  const { typed, prefix, folder, wanted } = readCommandLine(program, joined(words, separators));
  if (wanted.kind === 'file') return [files];
  const candidates =
    wanted.kind === 'words' ? wanted.words : await repositoryNames(resolve(currentFolder, folder ?? '.'), wanted);
  const cut = Math.max(...separators.map((character) => (prefix + typed).lastIndexOf(character) + 1), 0);
  return candidates
    .filter(({ value }) => value.startsWith(typed))
    .map(({ value, description }) => lineOf({ value: (prefix + value).slice(cut), description }, breaks !== null));
}

/** Words as they were typed: what stands between or behind separators belongs to one word. */
function joined(pieces: readonly string[], separators: readonly string[]): readonly string[] {
  const isSeparator = (piece: string) =>
    piece !== '' && [...piece].every((character) => separators.includes(character));
  const words: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    const continues = index > 0 && (isSeparator(piece) || isSeparator(pieces[index - 1] ?? ''));
    words.push(continues ? `${words.pop() ?? ''}${piece}` : piece);
  }
  return words;
}

/** A line has no control characters but its own tab: prose of documents goes into a terminal here. */
function lineOf({ value, description }: Suggestion, isBare: boolean): string {
  const [word, text] = [value, description].map((part) => part.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim());
  return isBare || text === '' ? `${word}` : `${word}\t${text}`;
}
