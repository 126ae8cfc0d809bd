// Runs a command as a user's shell would, and says what it took.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

/**
 * @returns { ms, cpu?, mb?, said? }: the whole process by the clock; processor time of all its threads in ms and peak
 * resident memory in MB, where it is one of the programs; and what it says of itself ('synthesis MS').
 * @throws when the command fails
 */
export function measure({ command, cwd, env = {}, output }) {
  const record = `${cwd}/.peak`;
  rmSync(record, { force: true });
  const started = performance.now();
  const { status, stderr, error } = spawnSync(command[0], command.slice(1), {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env, BENCH_PEAK: record },
    stdio: ['ignore', output ?? 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const ms = performance.now() - started;
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${error ?? stderr.slice(-2000)}`);
  const said = /^synthesis (.+)$/m.exec(stderr);
  return {
    ms: round(ms),
    ...(existsSync(record) && JSON.parse(readFileSync(record, 'utf8'))),
    ...(said && { said: round(Number(said[1])) }),
  };
}

/** To a tenth of a millisecond. */
export function round(number) {
  return Math.round(number * 10) / 10;
}
