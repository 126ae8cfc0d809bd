/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/__tests__', '<rootDir>/podwright', '<rootDir>/e2e/harness'],
  testMatch: ['**/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/podwright/lib/'],
  modulePathIgnorePatterns: ['/podwright/lib/'],
  testEnvironment: 'node',
  // Jest leaves one core to itself, which is half of a small machine.
  maxWorkers: '100%',
  // Tests read the toolkit's sources: no build comes before them.
  testEnvironmentOptions: { customExportConditions: ['podwright-source', 'require', 'node', 'default'] },
  transform: { '\\.ts$': '<rootDir>/scripts/jest-transform.cjs' },
};
