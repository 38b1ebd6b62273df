import { expect, test } from 'vitest';
import { casesOf, caseText } from './cases.ts';
import { handMadePairs } from './pairs/hand-made.ts';
import { visitsOf } from './visits.ts';

const texts = (seed: number) =>
  visitsOf(handMadePairs, seed, () => true).map(({ pair, cases }) => [
    pair.name,
    ...cases.map((one) => caseText(pair, one)),
  ]);

test('the long run tries each case of each pair once, in an order that the seed decides', () => {
  const all = handMadePairs.flatMap((pair) => casesOf(pair).map((one) => `${pair.name}: ${caseText(pair, one)}`));
  const tried = texts(1).flatMap(([name, ...cases]) => cases.map((text) => `${name}: ${text}`));
  expect(tried.toSorted()).toEqual(all.toSorted());
  expect(new Set(tried).size).toBe(all.length);
  expect(texts(1)).toEqual(texts(1));
  expect(texts(2)).not.toEqual(texts(1));
});

test('it has been through every pair, undisturbed too, before it comes to one again', () => {
  const first = texts(1).slice(0, handMadePairs.length);
  expect(new Set(first.map(([name]) => name)).size).toBe(handMadePairs.length);
  expect(first.filter(([, text]) => text?.startsWith('undisturbed'))).toHaveLength(handMadePairs.length);
});
