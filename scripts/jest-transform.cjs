// The transform that the package publishes as podwright/jest works on compiled code; in this repository, where
// nothing is compiled before the tests, jest loads the same transpiler from here.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transform } = require('sucrase');

const self = readFileSync(__filename);

module.exports = {
  getCacheKey: (source, file) => createHash('sha256').update(self).update(source).update(file).digest('hex'),
  process(source, file) {
    const { code, sourceMap } = transform(source, {
      transforms: ['typescript', 'imports', 'jest'],
      filePath: file,
      disableESTransforms: true,
      preserveDynamicImport: true,
      sourceMapOptions: { compiledFilename: file },
    });
    return { code, map: sourceMap };
  },
};
