// The API server's own code as a filter: where its binaries are is said by ORACLE_DIR, one `oracle-VERSION` a version.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isObject } from './schema.mjs';

const folder = process.env.ORACLE_DIR ?? join(homedir(), '.cache', 'oracle');

/** The binary for a minor version, `1.34`; undefined where there is none. */
export function oracleFor(minor) {
  if (!existsSync(folder)) return undefined;
  const name = readdirSync(folder).find((file) => file.startsWith(`oracle-${minor}.`));
  return name && join(folder, name);
}

/** The OpenAPI definitions of a binary's version, by name. */
export function definitionsOf(binary) {
  return JSON.parse(execFileSync(binary, ['-openapi'], { maxBuffer: 1 << 28 })).definitions;
}

/** An object with what the API server fills in before it validates, and the filter does not. */
function asAdmitted(object) {
  const { kind, spec } = object;
  if (kind === 'Pod' && isObject(spec) && (spec.serviceAccountName ?? '') === '') {
    return { ...object, spec: { ...spec, serviceAccountName: 'default' } };
  }
  if (kind === 'Service' && spec?.externalTrafficPolicy === 'Local' && spec.type === 'LoadBalancer' && !spec.healthCheckNodePort) {
    return { ...object, spec: { ...spec, healthCheckNodePort: 30_999 } };
  }
  return object;
}

/** The verdicts on objects, in their order. */
export function judge(binary, objects) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, [], { stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`${binary} ended with ${code}`));
      const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean);
      resolve(lines.map((line) => JSON.parse(line)));
    });
    child.stdin.on('error', reject);
    for (const object of objects) child.stdin.write(`${JSON.stringify(asAdmitted(object))}\n`);
    child.stdin.end();
  });
}
