import { setImmediate } from 'node:timers/promises';
import { concurrently } from '../concurrently';

test('so many are at work at once, and the results are in the order of the items', async () => {
  let [open, most] = [0, 0];
  const doubled = await concurrently([1, 2, 3, 4, 5], 2, async (item) => {
    most = Math.max(most, ++open);
    for (let turn = 0; turn < 5 - item; turn++) await setImmediate();
    open--;
    return item * 2;
  });
  expect({ doubled, most }).toEqual({ doubled: [2, 4, 6, 8, 10], most: 2 });
  expect(await concurrently([], 2, async () => 1)).toEqual([]);
});
