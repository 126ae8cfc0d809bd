// The step of scripts/generate.mjs that makes imports/ again from the definitions that are kept there.
const { join } = require('node:path');

/** @returns the generated files: path from the repository's root, and text. */
module.exports = function generateImports(lib) {
  const { filesIn, readImport } = require(join(lib, 'import', 'folder.js'));
  const { remake } = require(join(lib, 'import', 'imports.js'));
  const folder = join(__dirname, '..', 'imports');
  const { files, problems } = remake(filesIn(folder), (name) => readImport(folder, name));
  if (problems.length > 0) throw new Error(problems.map((problem) => `imports/${problem}`).join('\n'));
  return files.map(({ name, text }) => ({ path: `imports/${name}`, text }));
};
