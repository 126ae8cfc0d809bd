import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The label that everything carries that one run of these tests makes; its value is the run's id. */
export const RUN_LABEL = 'podwright-e2e-run';

/** One run of these tests: what its setup found and prepared, for all of its files. */
export interface Run {
  /** Unique among runs: the end of each namespace's name, and the value of {@link RUN_LABEL}. */
  readonly id: string;
  /** A folder of this run alone: the kubeconfigs, and dist as synthesized for this run. */
  readonly folder: string;
  /** What the cluster and this machine can do. */
  readonly features: Features;
}

/** What a case may need, and a cluster or this machine may lack. */
export interface Features {
  /** The metrics API answers: autoscaling can be seen. */
  readonly metrics: boolean;
  /** This machine can make a pseudo-terminal for `kubectl exec -it`. */
  readonly terminal: boolean;
  /** No node has GPUs of its own, so that a case may advertise some. */
  readonly unusedGpus: boolean;
  /** The registry that the cluster's runtime asks for docker.io, and that this machine reaches; '' where it has no name. */
  readonly registry: string;
  /** The command that has the cluster follow a folder of a git repository by Flux; '' where there is none. */
  readonly flux: string;
}

const VARIABLE = 'PODWRIGHT_E2E_RUN';

/** Makes a run known to the processes that jest starts for the test files. */
export function announce(run: Run): void {
  process.env[VARIABLE] = run.folder;
}

/** The run that this process is part of. */
export function currentRun(): Run {
  const folder = process.env[VARIABLE];
  if (!folder) throw new Error("no run was set up; expected 'npm run e2e'");
  return JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
}

/** `test` where there is what a case needs; else the case is skipped, and listed by its name and what it lacks. */
export function testWith(feature: keyof Features): (name: string, run: () => Promise<void>) => void {
  if (currentRun().features[feature]) return (name, run) => test(name, run);
  return (name, run) => test.skip(`${name} (lacks ${feature})`, run);
}

/**
 * Notes a command that undoes what a namespace's removal does not. It runs at the end of the run, whichever way it ends,
 * in the cluster of the run, before the namespaces go: note it before what it undoes, and have it succeed on nothing.
 */
export function undo(command: string): void {
  appendFileSync(join(currentRun().folder, 'undo'), `${command} || failed=1\n`);
}
