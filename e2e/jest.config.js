/** The program on a real cluster: `npm run e2e`. The harness's own tests run offline, with `npm test`. */
/** @type {import('jest').Config} */
module.exports = {
  rootDir: '..',
  roots: ['<rootDir>/e2e'],
  testMatch: ['<rootDir>/e2e/*.e2e.ts'],
  modulePathIgnorePatterns: ['/podwright/lib/'],
  testEnvironment: 'node',
  transform: { '\\.ts$': '<rootDir>/scripts/jest-transform.cjs' },
  globalSetup: '<rootDir>/e2e/harness/setup.ts',
  globalTeardown: '<rootDir>/e2e/harness/teardown.ts',
  runner: '<rootDir>/e2e/harness/runner.js',
  reporters: ['<rootDir>/e2e/harness/reporter.js'],
  // Cases wait for the cluster far more than they compute: more files at once than the machine has cores, and few enough
  // for a node of two to start their Pods.
  maxWorkers: 4,
  // A bound for a case that hangs; each command and each wait has a shorter one of its own.
  testTimeout: 600_000,
};
