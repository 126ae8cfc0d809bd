// The API server's own code as a filter: where its binaries are is said by ORACLE_DIR, one `oracle-VERSION` a version.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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

const isBlank = (value) => value === undefined || value === null || value === '';

/** An object with what the API server fills in before it validates, and the filter does not. */
function asAdmitted(object) {
  const { kind, spec } = object;
  // A name of another type is what the filter is to judge.
  if (kind === 'Pod' && isObject(spec) && isBlank(spec.serviceAccountName) && isBlank(spec.serviceAccount)) {
    return { ...object, spec: { ...spec, serviceAccountName: 'default' } };
  }
  if (
    kind === 'Service' &&
    spec?.externalTrafficPolicy === 'Local' &&
    spec.type === 'LoadBalancer' &&
    (spec.healthCheckNodePort ?? 0) === 0
  ) {
    return { ...object, spec: { ...spec, healthCheckNodePort: 30_999 } };
  }
  return object;
}

/** A verdict, its texts cut: some show a value of a megabyte. */
function verdictOf(line) {
  const { valid, message, causes } = JSON.parse(line);
  const cut = (text) => text?.slice(0, 10_000);
  return { valid, message: cut(message), causes: causes?.map((cause) => ({ ...cause, message: cut(cause.message) })) };
}

/** The verdicts on objects, in their order. */
export function judge(binary, objects) {
  return filter(binary, [], objects.map(asAdmitted), verdictOf);
}

/** As {@link judge}, with what the API server keeps of each valid object, its defaults filled in. */
export function keep(binary, objects) {
  return filter(binary, ['-defaults'], objects, JSON.parse);
}

async function filter(binary, args, objects, read) {
  const child = spawn(binary, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  const feed = async () => {
    for (const object of objects) {
      if (!child.stdin.write(`${JSON.stringify(object)}\n`)) await once(child.stdin, 'drain');
    }
    child.stdin.end();
  };
  const fed = feed();
  const answers = [];
  for await (const line of createInterface({ input: child.stdout })) answers.push(read(line));
  await fed;
  const [code] = await ended;
  if (code !== 0) throw new Error(`${binary} ended with ${code}`);
  return answers;
}
