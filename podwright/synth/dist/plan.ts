import type { Finding } from '../../report/finding';

/** Files that are to be in a folder, and what they were made from. */
export interface DistPlan {
  /** The folder: an absolute path. */
  readonly outdir: string;
  /** The content of each file by its path in the folder, with '/' between its parts. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The versions of what made the files, by name. */
  readonly versions: ReadonlyMap<string, string>;
  /** The names of the environments that have files among them, each a folder. */
  readonly environments: readonly string[];
  /**
   * Whether the files are no manifests, but what is said about them: they are not printed with them, and the folder has
   * files of others.
   * @default false
   */
  readonly beside?: boolean;
  readonly charts: number;
  readonly objects: number;
  /** What is wrong with the program, but does not stop it. */
  readonly findings: readonly Finding[];
}

/** What writing a plan did, by path. */
export interface DistChange {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** A folder could not be written to; nothing was lost, and the message says what to do. */
export class DistError extends Error {}
