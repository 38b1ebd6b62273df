import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import type { Difference } from '../../../src/model/difference.ts';
import { differenceGithub } from '../../../src/report/difference/github.ts';
import { differenceMarkdown, markdownLimit } from '../../../src/report/difference/markdown.ts';
import { differenceText } from '../../../src/report/difference/text.ts';
import { markdownCode } from '../../../src/report/markdown-code.ts';
import { markdownText } from '../../../src/report/markdown-text.ts';
import { plain } from '../../../src/report/paint.ts';
import { differenceOf, pullRequests } from './cases.ts';

/** What a name, a title or a sentence of somebody else's might hold, each to do something that is not to be done. */
const hostile = [
  '@acme/admins please approve',
  'see #12, GH-34, acme/roles#5 and deadbeef1',
  '<img src=x onerror=alert(1)><script>alert(1)</script>',
  '</details></summary><h1>Approved</h1>',
  '<!-- rolewright-comment -->',
  '[approve](https://evil.example) ![x](https://evil.example/x.png)',
  'https://evil.example www.evil.example mail@evil.example ftp://evil.example',
  'a | b |\n| --- | --- |\n| c | d |',
  '```\n# Approved\n```',
  '`code` **bold** _it_ ~~gone~~ $x^2$',
  '> [!TIP]\n> Approved',
  ':white_check_mark: :+1:',
  '- [x] approved',
  '\u202edevorppa\u2066 \u200b\u0007\u001b[31m',
  'ends with #',
  '** **',
  '&lt;b&gt; &#64;acme',
  '\\',
];

/** The words of the product's own, which a file cannot change. */
const own = new Set([
  'action',
  'calls',
  'change',
  'direction',
  'kind',
  'kindFrom',
  'line',
  'reasons',
  'severity',
  'side',
  'subject',
]);

/** A difference in which everything that comes from a file says the same. */
function saying<T>(value: T, text: string, key = ''): T {
  if (typeof value === 'string') return (own.has(key) ? value : text) as T;
  if (Array.isArray(value)) return value.map((item) => saying(item, text, key)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === 'subject' && typeof item === 'object' ? saying(item, text) : saying(item, text, name),
    ]),
  ) as T;
}

const differences: readonly (readonly [name: string, difference: Difference])[] = pullRequests().map((name) => [
  name,
  differenceOf(name),
]);

/** The HTML without its comments, as GitHub looks for mentions in it. */
function htmlOf(markdown: string): string {
  return marked.parse(markdown, { async: false });
}

function tagsIn(html: string): ReadonlySet<string> {
  return new Set(
    [...html.replace(/<!--[\s\S]*?-->/gu, '').matchAll(/<\/?([a-z][^\s>/]*)/giu)].map(([, tag]) => tag ?? ''),
  );
}

/** Text between tags and comments; code left out, for nothing is looked for in it. */
function textsIn(html: string): readonly string[] {
  return html.replace(/<code>[\s\S]*?<\/code>/gu, '<code>').split(/<!--[\s\S]*?-->|<[^>]+>/u);
}

const expectedTags = ['blockquote', 'code', 'details', 'h3', 'h4', 'li', 'p', 'strong', 'summary', 'ul'];
const lookedFor = /@\w|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|:[\w+-]+:/iu;

describe('a comment on a pull request with hostile names', () => {
  it.for(hostile)('%j does nothing', (text) => {
    for (const [name, difference] of differences) {
      const markdown = differenceMarkdown(saying(difference, text), markdownLimit);
      const html = htmlOf(markdown);
      expect(
        [...tagsIn(html)].filter((tag) => !expectedTags.includes(tag)),
        name,
      ).toEqual([]);
      expect(html.match(/<[a-z][^>]*\s(?!open>)[^>]*>/giu) ?? [], name).toEqual([]);
      expect(
        textsIn(html).filter((part) => lookedFor.test(part)),
        name,
      ).toEqual([]);
      expect(markdown, name).not.toMatch(/[^\P{C}\n]/u);
    }
  });

  it.for(hostile)('%j changes nothing of the shape', (text) => {
    const shape = (markdown: string) => htmlOf(markdown).match(/<\/?(?:h3|h4|details|summary|blockquote)\b/gu);
    for (const [name, difference] of differences) {
      const harmless = differenceMarkdown(saying(difference, 'x'), markdownLimit);
      expect(shape(differenceMarkdown(saying(difference, text), markdownLimit)), name).toEqual(shape(harmless));
    }
  });

  it('is looked at by a test that would see it', () => {
    const html = htmlOf('@acme <b>x</b> [x](https://evil.example) | #12');
    expect([...tagsIn(html)]).toEqual(['p', 'b', 'a']);
    expect(textsIn(html).some((part) => lookedFor.test(part))).toBe(true);
  });

  it.for(hostile)('%j shows as it is written, invisible characters aside', (text) => {
    const visible = (shown: string) => shown.replace(/[\s\p{C}]+/gu, ' ').trim();
    const shown = htmlOf(`x ${markdownText(text)} x`)
      .replace(/<!--[\s\S]*?-->|<[^>]+>/gu, '')
      .replace(
        /&(lt|gt|amp|quot|#39);/gu,
        (_, name: string) => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[name] ?? "'",
      );
    expect(visible(shown)).toBe(visible(`x ${text} x`));
  });

  it('keeps code in one span, whatever backticks it has', () => {
    for (const text of ['a`b', '``', '`', 'a``b`c', ' a ', 'a\n\nb']) {
      expect(htmlOf(`x ${markdownCode(text)} y`), text).toMatch(/^<p>x <code>[^<]*<\/code> y<\/p>\n$/u);
    }
    expect(markdownCode('\u202eevil')).toBe('`\\u{202e}evil`');
  });
});

describe('other reports with hostile names', () => {
  it.for(hostile)('%j does nothing to a terminal, and begins no workflow command', (text) => {
    for (const [name, difference] of differences) {
      const said = saying(difference, text);
      expect(differenceText(said, plain), name).not.toMatch(/[^\P{C}\n]/u);
      for (const line of differenceGithub(said, '').split('\n').slice(0, -1)) {
        expect(line, name).toMatch(/^::(?:warning|notice) /u);
      }
    }
  });
});
