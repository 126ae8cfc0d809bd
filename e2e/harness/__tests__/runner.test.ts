const { default: TestRunner } = require('jest-runner');
const Runner = require('../runner');

test('runs what measures time alone and first, and the rest as it is told', async () => {
  const runTests = jest.spyOn(TestRunner.prototype, 'runTests').mockResolvedValue(undefined);
  const [a, platform, b] = ['a', 'platform', 'b'].map((name) => ({ path: `/program/e2e/${name}.e2e.ts` }));
  const watcher = {};
  await new Runner({}, {}).runTests([a, platform, b], watcher, { serial: false });
  expect(runTests.mock.calls).toEqual([
    [[platform], watcher, { serial: true }],
    [[a, b], watcher, { serial: false }],
  ]);
});
