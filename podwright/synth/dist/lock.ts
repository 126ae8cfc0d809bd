import fs from 'node:fs';
import { join } from 'node:path';
import { sleep } from '../../api/sleep';
import { DistError } from './plan';

/** The folder of new files on their way, and the sign that a run is at work; no name in it ends as kubectl's files do. */
export const WORK = '.podwright.tmp';

/** Longer than any run takes to put its files in their places. */
const STALE = 10 * 60_000;

/**
 * Takes a folder for this process, so that two runs at once do not mix their files. What a killed run left is cleared.
 *
 * @param patience milliseconds to wait for another run
 * @returns the work folder, empty; {@link release} gives the folder back.
 * @throws DistError when another run does not end in time
 */
export function acquire(outdir: string, patience = 10_000): string {
  const work = join(outdir, WORK);
  const until = Date.now() + patience;
  for (;;) {
    try {
      fs.mkdirSync(work);
      fs.writeFileSync(join(work, 'pid'), String(process.pid));
      return work;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(work);
    if (owner === undefined || !isAtWork(owner)) {
      clear(work, owner);
      continue;
    }
    if (Date.now() >= until) {
      throw new DistError(
        `another run (process ${owner.pid}) is writing to ${outdir}. Wait for it to end; if there is none, remove ${work}`,
      );
    }
    sleep(20);
  }
}

/** Gives a folder back, and removes what was on its way. */
export function release(work: string): void {
  fs.rmSync(work, { recursive: true, force: true });
}

interface Owner {
  /** NaN while the owner has not written it yet. */
  readonly pid: number;
  readonly since: number;
}

function ownerOf(work: string): Owner | undefined {
  try {
    const since = fs.statSync(work).mtimeMs;
    const pid = fs.existsSync(join(work, 'pid'))
      ? Number.parseInt(fs.readFileSync(join(work, 'pid'), 'utf8'), 10)
      : Number.NaN;
    return { pid, since };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAtWork({ pid, since }: Owner): boolean {
  const age = Date.now() - since;
  // It was killed before it wrote who it is, or is about to.
  if (Number.isNaN(pid)) return age < 1000;
  if (age > STALE || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Moves a killed run's folder away before removing it: of two runs that find it, one succeeds. */
function clear(work: string, owner: Owner | undefined): void {
  if (!owner) return;
  const away = `${work}.${process.pid}`;
  try {
    fs.renameSync(work, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = ownerOf(away);
  if (moved && moved.pid !== owner.pid && !Number.isNaN(moved.pid)) {
    // Another run was quicker, and this is its folder.
    if (!fs.existsSync(work)) fs.renameSync(away, work);
    return;
  }
  fs.rmSync(away, { recursive: true, force: true });
}
