/**
 * Text for a heading, a paragraph or a table cell of GitHub's Markdown: no markup, HTML, links, mentions or
 * references come of it, and no line end.
 */
export function markdownText(text: string): string {
  return (
    text
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
      .replace(/[\\`*_{}[\]()|~!^$]/gu, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('://', ':\\//')
      .replace(/www\./giu, (start) => start.replace('.', '\\.'))
      .replace(/^(\s*)([#+=-])/u, '$1\\$2')
      .replace(/^(\s*\d+)([.)])/u, '$1\\$2')
      .replace(/(?<!\\)#(?=\s*$)/u, '\\#')
      // A backslash stops none of these: mentions, references, commits and emoji are looked for in the finished HTML.
      .replace(/@(?=\w)/gu, '@<!-- -->')
      .replace(/#(?=\d)/gu, '#<!-- -->')
      .replace(/\bGH-(?=\d)/giu, '$&<!-- -->')
      .replace(/\b[0-9a-f]{7,40}\b/giu, (commit) => commit.replace(/.{6}(?=.)/gu, '$&<!-- -->'))
      .replace(/:(?=[\w+\\-]+:)/gu, ':<!-- -->')
  );
}
