// Where the time of a program goes: V8's own samples, by who the running function belongs to.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './measure.mjs';

/** What a sampled function belongs to, by its file: the first that fits. */
const PARTS = [
  ['the program', /\/programs\//],
  ['constructs', /\/node_modules\/constructs\//],
  ['cdk8s', /\/node_modules\/cdk8s\//],
  ['cdk8s-plus', /\/node_modules\/cdk8s-plus/],
  ['podwright: rules', /\/lib\/(rules|api\/(?!kube-object|deferred))/],
  ['podwright: objects', /\/lib\/(api|constructs)\//],
  ['podwright: YAML', /\/lib\/synth\/yaml\//],
  ['podwright: synthesis', /\/lib\/synth\//],
  ['podwright: the command', /\/lib\/|\/bin\//],
  ['Node', /^node:/],
];

/** @returns the shares of a command's samples, the largest first: [{ part, share }], in percent */
export function profile({ command, cwd, env }) {
  const folder = mkdtempSync(join(cwd, 'profile-'));
  const [node, ...rest] = command;
  measure({ command: [node, '--cpu-prof', '--cpu-prof-dir', folder, ...rest], cwd, env });
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]), 'utf8'));
  rmSync(folder, { recursive: true });
  const partOf = new Map(nodes.map(({ id, callFrame }) => [id, partOfFrame(callFrame)]));
  const sums = new Map();
  let total = 0;
  samples.forEach((id, index) => {
    const part = partOf.get(id);
    if (part === undefined) return;
    sums.set(part, (sums.get(part) ?? 0) + timeDeltas[index]);
    total += timeDeltas[index];
  });
  return [...sums]
    .map(([part, sum]) => ({ part, share: Math.round((1000 * sum) / total) / 10 }))
    .sort((a, b) => b.share - a.share);
}

function partOfFrame({ functionName, url }) {
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName.startsWith('RegExp:')) return 'regular expressions';
  return PARTS.find(([, pattern]) => pattern.test(url))?.[0] ?? 'the rest of V8 and the system';
}
