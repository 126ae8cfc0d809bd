/** The pages that the toolkit makes, in a real browser: `npm run browser`. */
/** @type {import('jest').Config} */
module.exports = {
  rootDir: '..',
  roots: ['<rootDir>/browser'],
  testMatch: ['<rootDir>/browser/*.browser.ts'],
  modulePathIgnorePatterns: ['/podwright/lib/'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['podwright-source', 'require', 'node', 'default'] },
  transform: { '\\.ts$': '<rootDir>/scripts/jest-transform.cjs' },
  // A bound for a page that hangs.
  testTimeout: 60_000,
};
