import type { ExplainedStep } from '../analysis/explain/explanation.ts';
import { formatPlace } from '../language/source.ts';
import { displayWidth, padEndTo } from './display-width.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

const verbs = { assigns: 'assigns', base: 'narrows', inherits: 'inherits', grants: 'grants' } as const;

/** Chains in words, a step a line with its place; several are numbered, as each alone is enough. */
export function chainLines(chains: readonly (readonly ExplainedStep[])[], paint: Paint): readonly string[] {
  const width = Math.max(0, ...chains.flat().map((step) => displayWidth(stepText(step))));
  return chains.flatMap((chain, index) =>
    chain.map((step, at) => {
      const number = chains.length === 1 ? '' : `${at === 0 ? index + 1 : ' '}  `;
      const place = paint('link', terminalText(formatPlace(step.place)));
      return `${number}${padEndTo(stepText(step), width)}  ${place}`;
    }),
  );
}

/** "Limited Plus User grants data/spend-data:view". */
function stepText({ kind, roleTitle, names, namesTitle }: ExplainedStep): string {
  return terminalText(`${roleTitle} ${verbs[kind]} ${namesTitle ?? names}`);
}
