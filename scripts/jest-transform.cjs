// The transform that the package publishes as podwright/jest is itself TypeScript, and in this repository nothing is
// compiled before the tests: its first file is the transform's own source.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transform } = require('sucrase');

const file = path.join(__dirname, '..', 'podwright', 'testing', 'jest.ts');
const compiled = new Module(file, module);
compiled.filename = file;
compiled.paths = module.paths;
compiled._compile(transform(readFileSync(file, 'utf8'), { transforms: ['typescript', 'imports'] }).code, file);
module.exports = compiled.exports;
