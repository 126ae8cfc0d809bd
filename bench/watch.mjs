// How long `podwright synth --watch` takes from the saving of a file to the new file in dist.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { round } from './measure.mjs';

const SAVES = 21;

/** @returns one figure a save, without the first, which nobody has warmed up for: [{ ms }] */
export async function measureWatch(command, cwd) {
  const child = spawn(command[0], command.slice(1), { cwd, stdio: 'ignore' });
  const source = join(cwd, 'constructs', 'counter-pod.ts');
  const text = readFileSync(source, 'utf8');
  const target = join(cwd, 'dist', 'counter.k8s.yaml');
  const says = (seconds) => {
    try {
      return readFileSync(target, 'utf8').includes(`sleep ${seconds};`);
    } catch {
      return false;
    }
  };
  /** Looks every half millisecond or so. */
  const until = async (seconds) => {
    const deadline = performance.now() + 30_000;
    while (!says(seconds)) {
      if (performance.now() > deadline) throw new Error(`${command.join(' ')} did not write ${target} within 30 s`);
      await sleep(0);
    }
  };
  try {
    await until(1);
    const taken = [];
    for (let save = 0; save < SAVES; save++) {
      await sleep(300);
      const started = performance.now();
      writeFileSync(source, text.replace('intervalSeconds = 1,', `intervalSeconds = ${save + 2},`));
      await until(save + 2);
      taken.push({ ms: round(performance.now() - started) });
    }
    return taken.slice(1);
  } finally {
    child.kill();
    writeFileSync(source, text);
  }
}
