// Makes podwright/api/definitions.jsonl and descriptions.json.br, what the toolkit knows of the Kubernetes API, from a
// folder of the API's own OpenAPI v2 documents, one a minor version:
//   node scripts/openapi.mjs FOLDER        FOLDER holds v1.27.json, v1.28.json, ...
// Only this script needs those documents. It ends by reading its own output back, and fails if anything was lost.
import { deepStrictEqual } from 'node:assert';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const require = createRequire(import.meta.url);
const { merge } = require('./openapi-merge.cjs');
const { cachedBuild } = require('./build.cjs');

const folder = process.argv[2];
if (!folder) throw new Error('which folder? node scripts/openapi.mjs FOLDER, with one v1.NN.json a minor version');
const versions = readdirSync(folder)
  .map((file) => /^v(1\.\d+)\.json$/.exec(file)?.[1])
  .filter(Boolean)
  .sort((a, b) => a.slice(2) - b.slice(2));
const documents = versions.map((version) => JSON.parse(readFileSync(join(folder, `v${version}.json`), 'utf8')));

const { definitions, descriptions, expected } = merge(versions, documents);
const api = fileURLToPath(new URL('../podwright/api', import.meta.url));
const ascii = (text) => text.replace(/[^\x20-\x7e\n]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
writeFileSync(join(api, 'definitions.jsonl'), ascii(definitions));
writeFileSync(
  join(api, 'descriptions.json.br'),
  brotliCompressSync(descriptions, {
    params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: descriptions.length },
  }),
);

const { schemaOf } = require(join(cachedBuild(), 'api', 'definitions.js'));
const { describe } = require(join(cachedBuild(), 'api', 'descriptions.js'));
let count = 0;
for (const version of versions) {
  for (const [name, schema] of Object.entries(expected[version])) {
    deepStrictEqual(JSON.parse(JSON.stringify(schemaOf(version, name))), schema, `${version} ${name}`);
    const source = documents[versions.indexOf(version)].definitions[name];
    deepStrictEqual(describe(version, name), source.description);
    for (const field of Object.keys(source.properties ?? {}))
      deepStrictEqual(describe(version, name, field), source.properties[field].description);
    count++;
  }
}
process.stderr.write(`${count} definitions of ${versions.length} versions read back as they were\n`);
