// Jest's runner, but for files that are to have the cluster to themselves: what they measure is time. They come first, one
// after another; the others follow side by side.
const { default: TestRunner } = require('jest-runner');

const ALONE = /\/platform\.e2e\.ts$/;

class Runner extends TestRunner {
  async runTests(tests, watcher, options) {
    const isAlone = ({ path }) => ALONE.test(path.replaceAll('\\', '/'));
    await super.runTests(tests.filter(isAlone), watcher, { ...options, serial: true });
    const others = tests.filter((test) => !isAlone(test));
    await super.runTests(others, watcher, options);
  }
}

module.exports = Runner;
