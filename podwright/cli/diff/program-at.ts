// The program as it is at a commit: run in a checkout beside the working tree, by a process of its own.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Checkout, Repository } from '../../gitops/git';
import { outlineOf } from '../../synth/outputs';
import { keyOf } from '../../synth/trace/origins';
import { type CommandContext, CommandError } from '../command';
import type { Program, ProgramOptions } from './program';
import type { ProgramAnswer, ProgramRequest } from './protocol';

/** What ends a command: a checkout that it made goes with it. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the program of a commit. The checkout is gone afterwards, also where the command is ended meanwhile.
 *
 * @param name the commit for a reader
 * @throws CommandError where the program fails; GitError
 */
export async function programAt(
  repository: Repository,
  commit: string,
  name: string,
  options: ProgramOptions,
  context: CommandContext,
): Promise<Program> {
  const checkout = await repository.checkout(commit);
  const child = runChild(checkout, options, context);
  const onSignal = (signal: NodeJS.Signals) => {
    child.end();
    void checkout.remove().finally(() => {
      process.off(signal, onSignal);
      process.kill(process.pid, signal);
    });
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    const { status, answer, said } = await child.ended;
    if (status === 0 && answer) return programOf(answer);
    const why = said.trim() || `it ended with status ${status}`;
    throw new CommandError(`the program at ${name} fails; without --program, dist is compared\n${why}`);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    await checkout.remove();
  }
}

interface Ended {
  readonly status: number | null;
  readonly answer?: ProgramAnswer;
  /** What it printed as an error. */
  readonly said: string;
}

function runChild({ folder }: Checkout, options: ProgramOptions, { installation, env }: CommandContext) {
  const request: ProgramRequest = { ...options, installation };
  const child = spawn(process.execPath, [join(installation.lib, 'cli', 'diff', 'program-child.js')], {
    cwd: folder,
    env: { ...env },
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  });
  const text = { answer: '', said: '' };
  child.stdio[3]?.on('data', (chunk) => {
    text.answer += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    text.said += chunk;
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(request));
  const ended = new Promise<Ended>((done, fail) => {
    child.once('error', fail);
    child.once('close', (status) => {
      done({ status, said: text.said, ...(text.answer !== '' && { answer: JSON.parse(text.answer) }) });
    });
  });
  return { ended, end: () => child.kill('SIGKILL') };
}

function programOf({ files, roots, clusters, environments, versions, origins }: ProgramAnswer): Program {
  const known = new Map(origins.map(([file, key, origin]) => [`${file} ${key}`, origin]));
  return {
    files: new Map(files),
    roots,
    clusters,
    environments,
    versions: new Map(versions),
    origins: () => origins,
    originOf: (object, file) => known.get(`${file} ${keyOf(outlineOf(object))}`),
  };
}
