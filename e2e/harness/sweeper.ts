import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_LABEL } from './run';

interface Sweeper {
  readonly process: ChildProcess;
  /** Where it says what it does. */
  readonly log: string;
}

// Jest loads the setup and the teardown as two programs of one process.
const shared = globalThis as { podwrightSweeper?: Sweeper };

/**
 * Starts the process that removes what a run made, as soon as the run's own process is gone, whichever way: at its end,
 * by Ctrl-C, or killed. It reads from a pipe that nobody else holds, so that the pipe's end is the run's end.
 */
export function startSweeper({ id, folder }: { readonly id: string; readonly folder: string }): void {
  const log = join(folder, 'sweep.log');
  const descriptor = openSync(log, 'a');
  const sweeper = spawn('sh', [join(__dirname, 'sweep.sh')], {
    cwd: folder,
    env: { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), SELECTOR: `${RUN_LABEL}=${id}`, FOLDER: folder },
    stdio: ['pipe', descriptor, descriptor],
    detached: true, // Ctrl-C is for the run, not for its cleaner.
  });
  closeSync(descriptor);
  shared.podwrightSweeper = { process: sweeper, log };
}

/**
 * Ends the run for the sweeper, and waits until it is done.
 * @throws what it said, when something could not be removed.
 */
export async function sweep(): Promise<void> {
  if (!shared.podwrightSweeper) return;
  const { process: sweeper, log } = shared.podwrightSweeper;
  const code = new Promise<number | null>((resolve) => sweeper.once('close', resolve));
  sweeper.stdin?.end();
  if ((await code) !== 0) throw new Error(`not all was removed: ${readFileSync(log, 'utf8')}`);
}
