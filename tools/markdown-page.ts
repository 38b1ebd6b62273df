import { readFileSync, writeFileSync } from 'node:fs';
import { marked } from 'marked';
import { htmlText } from '../src/report/html-text.ts';

/**
 * Markdown files as one HTML page that looks much like GitHub, to see what a reviewer sees; it loads nothing.
 *
 *     node tools/markdown-page.ts page.html comment.md …
 *     chromium --headless --screenshot=page.png --window-size=1000,1600 page.html
 */
const [target, ...sources] = process.argv.slice(2);
if (target === undefined || sources.length === 0) {
  process.stderr.write('usage: node tools/markdown-page.ts <page.html> <file.md>…\n');
  process.exit(2);
}

const style = `
  body { margin: 24px auto; max-width: 860px; color: #1f2328; font: 14px/1.5 "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif; }
  article { margin-bottom: 32px; padding: 0 16px 12px; border: 1px solid #d1d9e0; border-radius: 6px; }
  article > header { margin: 0 -16px 16px; padding: 6px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; color: #59636e; }
  h3 { font-size: 1.25em; margin: 16px 0; } h4 { font-size: 1em; margin: 24px 0 8px; }
  ul { margin: 0 0 16px; padding-left: 2em; } li ul { margin: 0; } li + li { margin-top: .25em; }
  code { padding: .2em .4em; font: 85% "DejaVu Sans Mono", monospace; background: #818b981f; border-radius: 6px; }
  blockquote { margin: 0 0 16px; padding: 8px 16px; border-left: .25em solid #d1d9e0; } blockquote > :last-child { margin-bottom: 0; }
  blockquote p { margin: 0 0 8px; } blockquote b.kind { display: block; }
  .caution { border-color: #cf222e; } .caution b.kind { color: #d1242f; }
  .warning { border-color: #9a6700; } .warning b.kind { color: #9a6700; }
  .important { border-color: #8250df; } .important b.kind { color: #8250df; }
  .note { border-color: #0969da; } .note b.kind { color: #0969da; }
  summary { cursor: pointer; margin-bottom: 8px; } table { border-collapse: collapse; } td, th { padding: 6px 13px; border: 1px solid #d1d9e0; }
`;

/** GitHub's alerts, which marked takes for quotations that begin oddly. */
function withAlerts(html: string): string {
  return html.replace(
    /<blockquote>\s*<p>\[!(CAUTION|WARNING|IMPORTANT|NOTE)\]\s*/gu,
    (_, kind: string) => `<blockquote class="${kind.toLowerCase()}"><p><b class="kind">${kind}</b>`,
  );
}

const articles = sources.map((path) => {
  const html = withAlerts(marked.parse(readFileSync(path, 'utf8'), { async: false }));
  return `<article><header>${htmlText(path)}</header>${html}</article>`;
});
writeFileSync(
  target,
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Markdown</title><style>${style}</style>${articles.join('')}</html>\n`,
);
