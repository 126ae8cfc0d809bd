const Reporter = require('../reporter');

type Case = { fullName: string; status: string; duration?: number };

function printed(run: (reporter: typeof Reporter) => void): string {
  let text = '';
  const reporter = new Reporter({ rootDir: '/program' });
  reporter.print = (line: string) => {
    text += `${line}\n`;
  };
  run(reporter);
  return text;
}

const file = (cases: Case[], failureMessage?: string) => ({
  testFilePath: '/program/e2e/a.e2e.ts',
  testResults: cases,
  numFailingTests: cases.filter(({ status }) => status === 'failed').length,
  failureMessage,
});

test('prints each case as it ends, and no skipped one before the end', () => {
  const test = { path: '/program/e2e/a.e2e.ts' };
  const text = printed((reporter) => {
    reporter.onTestCaseResult(test, { fullName: 'one', status: 'passed', duration: 1234 });
    reporter.onTestCaseResult(test, { fullName: 'two', status: 'failed' });
    reporter.onTestCaseResult(test, { fullName: 'three', status: 'pending' });
  });
  expect(text).toBe('passed e2e/a.e2e.ts: one (1.2 s)\nfailed e2e/a.e2e.ts: two (0.0 s)\n');
});

test('lists skipped cases by name and ends with the figures', () => {
  const cases = [
    { fullName: 'one', status: 'passed' },
    { fullName: 'two', status: 'failed' },
    { fullName: 'three (lacks metrics)', status: 'pending' },
  ];
  const text = printed((reporter) =>
    reporter.onRunComplete(new Set(), {
      testResults: [file(cases, 'two failed')],
      numPassedTests: 1,
      numFailedTests: 1,
    }),
  );
  expect(text).toBe('skipped e2e/a.e2e.ts: three (lacks metrics)\n1 passed, 1 failed\n');
});

test('counts a file that breaks outside of its cases as a failure', () => {
  const text = printed((reporter) =>
    reporter.onRunComplete(new Set(), {
      testResults: [file([], 'cannot find module'), file([{ fullName: 'one', status: 'passed' }])],
      numPassedTests: 1,
      numFailedTests: 0,
    }),
  );
  expect(text).toBe('1 passed, 1 failed\n');
});
