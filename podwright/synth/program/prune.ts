import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Programs whose packs are kept: a folder of node_modules may serve many. */
const PROGRAMS = 16;

/** Removes the packs of all but the programs that were compiled last, and what a killed run left. */
export function prune(folder: string): void {
  const ages = new Map<string, number>();
  const now = Date.now();
  for (const name of readdirSync(folder)) {
    const [, id] = /^([0-9a-f]{8})\.(program|packages|transpiler|seal)(\.\d+\.tmp)?$/.exec(name) ?? [];
    if (id === undefined) continue;
    const age = now - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (name.endsWith('.tmp')) {
      if (age > 60_000) rmSync(join(folder, name), { force: true });
    } else ages.set(id, Math.min(age, ages.get(id) ?? age));
  }
  const youngest = [...ages].sort(([, a], [, b]) => a - b).map(([id]) => id);
  for (const id of youngest.slice(PROGRAMS)) {
    for (const name of ['program', 'packages', 'transpiler', 'seal'])
      rmSync(join(folder, `${id}.${name}`), { force: true });
  }
}
