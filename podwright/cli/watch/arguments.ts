import childProcess from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Entries of a folder that are told of: more are no program's input. */
const MOST = 2000;

type Functions = Record<string, ((...args: unknown[]) => unknown) | undefined>;

/**
 * Tells of the files that programs are started with (`helm template ./chart`): what those read is not seen from here.
 * Of a folder, all that is in it is told.
 */
export function namedByArguments(seen: (path: string, listed: boolean) => void): () => void {
  const functions = childProcess as unknown as Functions;
  const undo: (() => void)[] = [];
  for (const name of ['spawn', 'spawnSync', 'execFile', 'execFileSync']) {
    const call = functions[name];
    if (!call) continue;
    functions[name] = Object.assign(function (this: unknown, ...args: unknown[]) {
      const [, words, options] = args;
      const { cwd = '.' } = (options ?? {}) as { cwd?: string };
      if (Array.isArray(words))
        for (const word of words) tellOf(resolve(String(cwd), String(word)), seen, { left: MOST });
      return call.apply(this, args);
    }, call);
    undo.push(() => {
      functions[name] = call;
    });
  }
  return () => {
    for (const step of undo) step();
  };
}

function tellOf(path: string, seen: (path: string, listed: boolean) => void, budget: { left: number }): void {
  let stats: ReturnType<typeof statSync> | undefined;
  try {
    stats = statSync(path, { throwIfNoEntry: false });
  } catch {
    // No path, but a word that no path can be.
  }
  if (!stats || budget.left-- <= 0) return;
  seen(path, stats.isDirectory());
  if (!stats.isDirectory()) return;
  for (const name of readdirSync(path)) tellOf(join(path, name), seen, budget);
}
