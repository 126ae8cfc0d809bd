import type { Installation } from '../../synth/program/installation';
import type { Origin } from '../../synth/trace/origins';
import type { ProgramOptions } from './program';

/** What the process that runs a commit's program is told, on its standard input. */
export interface ProgramRequest extends ProgramOptions {
  readonly installation: Installation;
}

/** What it answers, on its fourth stream: a Program as JSON. */
export interface ProgramAnswer {
  readonly files: readonly (readonly [file: string, text: string])[];
  readonly roots: readonly string[];
  readonly clusters: string;
  readonly environments: readonly string[];
  readonly versions: readonly (readonly [name: string, version: string])[];
  readonly origins: readonly (readonly [file: string, key: string, origin: Origin])[];
}
