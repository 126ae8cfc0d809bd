// Jest's reporter for the cluster's cases: each as it ends, what failed in full, what was skipped by name, and
// 'N passed, N failed' as the very last line.
const { relative } = require('node:path');

class Reporter {
  constructor(globalConfig) {
    this.root = globalConfig.rootDir;
  }

  onTestCaseResult(test, { status, fullName, duration }) {
    if (status === 'passed' || status === 'failed') {
      this.print(`${status} ${this.nameOf(test, fullName)} (${((duration ?? 0) / 1000).toFixed(1)} s)`);
    }
  }

  onTestResult(_test, { failureMessage }) {
    if (failureMessage) this.print(failureMessage);
  }

  onRunComplete(_contexts, results) {
    const files = results.testResults;
    for (const file of files) {
      for (const { status, fullName } of file.testResults) {
        if (status === 'pending' || status === 'todo' || status === 'disabled') {
          this.print(`skipped ${this.nameOf({ path: file.testFilePath }, fullName)}`);
        }
      }
    }
    // A file that failed before its first case, or whose hooks failed after the last one, counts as a failed case.
    const broken = files.filter((file) => file.failureMessage && file.numFailingTests === 0).length;
    this.print(`${results.numPassedTests} passed, ${results.numFailedTests + broken} failed`);
  }

  nameOf(test, name) {
    return `${relative(this.root, test.path)}: ${name}`;
  }

  print(line) {
    process.stdout.write(`${line}\n`);
  }
}

module.exports = Reporter;
