import type { Installation } from '../synth/program/installation';
import type { Kept } from '../synth/program/load';
import type { Output } from './output';

export type { Installation } from '../synth/program/installation';

/** What a command is given by the process that runs it. Commands read and write nothing of `process` themselves. */
export interface CommandContext {
  /** The folder that the command was called in: an absolute path. */
  readonly cwd: string;
  /** Holds what was asked for, and nothing else. */
  readonly stdout: Output;
  /** Progress, warnings and errors. Progress goes there only when it is a terminal. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly installation: Installation;
  /** What an earlier run of the program has left to start with, and what watches this one. @default - nothing */
  readonly kept?: Kept;
}

/** How a process ends: 0 fine (warnings too), 1 an error-level finding or a difference, 2 a wrong call or a failure. */
export const EXIT = { fine: 0, finding: 1, failure: 2 } as const;

/** One word after `podwright`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints: the call's forms first, then each option with its default. */
  readonly usage: string;
  /**
   * @returns the exit status (see {@link EXIT}).
   * @throws UsageError when the call is wrong, CommandError when it cannot be done; both are printed without a stack.
   */
  run(args: readonly string[], context: CommandContext): Promise<number> | number;
}

/** A call that is wrong: printed with where to read the right one; the process ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something outside the toolkit failed or is not there, and the message says what to do; the process ends with 2. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
