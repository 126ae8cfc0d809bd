// The API server's own code for custom resources as a filter: main.go, built for a version.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Builds the filter, seconds after its modules are there.
 * @param version of Kubernetes: '1.34.4'
 * @param definitions CustomResourceDefinitions as the API has them
 * @returns judges objects: a verdict each, in their order
 */
export function judgeOf(version, definitions) {
  const binary = execFileSync(join(import.meta.dirname, 'build'), [version], { encoding: 'utf8' }).trim();
  const file = join(mkdtempSync(join(tmpdir(), 'crds-')), 'crds.jsonl');
  writeFileSync(file, definitions.map((crd) => `${JSON.stringify(crd)}\n`).join(''));
  return (objects) => judge(binary, file, objects);
}

function judge(binary, file, objects) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, [file], { stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean);
      if (code !== 0) return reject(new Error(`${binary} ended with ${code}`));
      const verdicts = lines.map((line) => JSON.parse(line));
      const other = verdicts.findIndex(({ message = '' }) => /^not judged|^panic/.test(message));
      if (other < 0) return resolve(verdicts);
      reject(new Error(`${verdicts[other].message}: ${JSON.stringify(objects[other])}`));
    });
    child.stdin.on('error', reject);
    for (const object of objects) child.stdin.write(`${JSON.stringify(object)}\n`);
    child.stdin.end();
  });
}

/** Whether a cause only says that rules were left out, beside what is wrong. */
export function isMoot({ message }) {
  return /^Invalid value: "?null"?: some validation rules were not checked/.test(message);
}
