import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { acquire, release, WORK } from '../lock';
import { DistError } from '../plan';

let outdir: string;
let other: ChildProcess;
beforeAll(() => {
  // Some process that is alive and is not this one.
  other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600000)']);
});
afterAll(() => {
  other.kill('SIGKILL');
});
beforeEach(() => {
  outdir = fs.mkdtempSync(join(os.tmpdir(), 'podwright-lock-'));
});
afterEach(() => {
  fs.rmSync(outdir, { recursive: true, force: true });
});

/** The work folder of another process. */
function taken(pid: number | undefined, age = 0): string {
  const work = join(outdir, WORK);
  fs.mkdirSync(work);
  if (pid !== undefined) fs.writeFileSync(join(work, 'pid'), String(pid));
  fs.writeFileSync(join(work, '0'), 'on its way');
  const since = new Date(Date.now() - age);
  fs.utimesSync(work, since, since);
  return work;
}

/** The number of a process that has ended. */
async function dead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '0']);
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid as number;
}

test('fails while another process has the folder, names it, and leaves what it has', () => {
  const work = taken(other.pid);
  expect(() => acquire(outdir, 50)).toThrow(
    new DistError(
      `another run (process ${other.pid}) is writing to ${outdir}. Wait for it to end; if there is none, remove ${work}`,
    ),
  );
  expect(fs.readFileSync(join(work, '0'), 'utf8')).toBe('on its way');
});

test('fails while another process has just taken the folder and not yet said which it is', () => {
  taken(undefined);
  expect(() => acquire(outdir, 50)).toThrow(DistError);
});

test.each([
  ['ended', async () => taken(await dead())],
  ['was killed before it said which it is', async () => taken(undefined, 5_000)],
  ['has had it for an hour', async () => taken(other.pid, 3_600_000)],
  ['had the number that this one has now', async () => taken(process.pid)],
])('takes the folder of a process that %s, and clears it', async (_, before) => {
  await before();
  const work = acquire(outdir, 0);
  expect(fs.readdirSync(work)).toEqual(['pid']);
  release(work);
  expect(fs.readdirSync(outdir)).toEqual([]);
});
