// Runs a migrated program in memory, with the running toolkit and its transpiler: nothing has to be installed beside it,
// and nothing is written.
import { posix } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as constructs from 'constructs';
import * as k8s from '../api/k8s';
import { Env } from '../constructs/env';
import { App } from '../synth/app';
import type { DistPlan } from '../synth/dist/plan';
import { transpile } from '../synth/program/transpile';
import { currentRun, type SynthRun, setCurrentRun } from '../synth/run';
import { CONSTRUCTS } from './candidates/candidate';

/** What migrated programs import from podwright. */
export const PODWRIGHT = { App, Env, ...CONSTRUCTS };

const PACKAGES: { readonly [name: string]: unknown } = {
  cdk8s,
  constructs,
  podwright: PODWRIGHT,
  'podwright/k8s': k8s,
};

/**
 * What main.ts would write.
 *
 * @param files texts by path, with '/' between its parts
 * @throws what the program throws
 */
export function evaluate(files: ReadonlyMap<string, string>, main = 'main.ts'): readonly DistPlan[] {
  const loaded = new Map<string, { exports: unknown }>();
  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known) return known.exports;
    const source = files.get(file);
    if (source === undefined) throw new Error(`${file} is not there`);
    const module = { exports: {} };
    loaded.set(file, module);
    const requireFrom = (name: string) =>
      Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : load(`${posix.join(posix.dirname(file), name)}.ts`);
    const code = `${transpile(source, file, { esm: false })}\n//# sourceURL=${file}`;
    new Function('require', 'module', 'exports', code)(requireFrom, module, module.exports);
    return module.exports;
  };
  const before = currentRun();
  const run: SynthRun = { made: 0, plans: [] };
  setCurrentRun(run);
  try {
    load(main);
    return run.plans;
  } finally {
    setCurrentRun(before);
  }
}
