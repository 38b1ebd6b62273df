import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../src/analysis/matrix/matrix.ts';
import { matrix } from '../../src/analysis/matrix/matrix.ts';
import { check } from '../../src/pipeline.ts';
import { matrixHtml } from '../../src/report/matrix-html.ts';
import { sampleDocuments } from './sample-documents.ts';

const [model] = check(sampleDocuments);
if (model === null) throw new Error('the sample documents have errors');
const page = matrixHtml(matrix(model));

describe('the matrix as a page', () => {
  it('has a table with headings that a screen reader can follow', () => {
    expect(page).toContain('<th scope="col">Editor</th>');
    expect(page).toContain('<th scope="rowgroup" colspan="');
    expect(page).toContain('Data &amp; Files</th>');
  });

  it('shows what each denial takes away, and for whom a role is narrowed', () => {
    expect(page).toContain('<p>Without View</p><ul><li>hidden: Contracts &gt; Overview</li></ul>');
    expect(page).toContain('edit <abbr title="only for the apps of the role">*</abbr>');
  });

  it('runs nothing and loads nothing, whatever a title says', () => {
    const hostile = JSON.parse(
      JSON.stringify(matrix(model)).replaceAll('The Desk', "<script>alert('1')</script>"),
    ) as Matrix;
    const shown = matrixHtml(hostile);
    expect(shown).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;');
    expect(shown).not.toMatch(/<script|src=|href=/u);
    expect(shown).toContain("default-src 'none'");
  });
});
