import type { Diagnostic } from '../language/diagnostic.ts';
import type { SourceFile } from '../language/source.ts';
import { plainMessage } from './plain-message.ts';
import { xmlText } from './xml-text.ts';

/**
 * Diagnostics as JUnit XML: a test case for each problem, and a passing one for each file without any. Only errors
 * fail (with `strict` all do); the rest is output of a passing case.
 */
export function junit(diagnostics: readonly Diagnostic[], files: readonly SourceFile[], strict: boolean): string {
  const troubled = new Set(diagnostics.map(({ place }) => place?.file));
  const clean = files.filter(({ path }) => !troubled.has(path));
  const failures = diagnostics.filter((item) => fails(item, strict)).length;
  const counts = `tests="${diagnostics.length + clean.length}" failures="${failures}" errors="0" skipped="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="rolewright check" ${counts}>`,
    `  <testsuite name="rolewright check" ${counts}>`,
    ...diagnostics.map((item) => problem(item, strict)),
    ...clean.map(
      ({ path }) => `    <testcase classname="${xmlText(path)}" name="no problems" file="${xmlText(path)}"/>`,
    ),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function problem(item: Diagnostic, strict: boolean): string {
  const { code, severity, message, place } = item;
  const where = place === null ? '' : `${place.line}:${place.column} `;
  const file = place === null ? '' : ` file="${xmlText(place.file)}" line="${place.line}"`;
  const text = xmlText(plainMessage(item));
  const told = fails(item, strict)
    ? `<failure type="${code}" message="${xmlText(message)}">${text}</failure>`
    : `<system-out>${severity}: ${text}</system-out>`;
  const name = xmlText(`${where}${code} ${message}`);
  return `    <testcase classname="${xmlText(place?.file ?? 'rolewright')}" name="${name}"${file}>${told}</testcase>`;
}

function fails({ severity }: Diagnostic, strict: boolean): boolean {
  return strict || severity === 'error';
}
