/** Few enough for a small server that people sign in to meanwhile, and enough that a distant one is not waited for call by call. */
const atOnce = 4;

/** Does something for each item, a few at a time; the results are in the order of the items. */
export async function fewAtOnce<Item, Result>(
  items: readonly Item[],
  onProgress: (done: number) => void,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    onProgress(start);
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  }
  return results;
}
