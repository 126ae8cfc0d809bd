import type { App } from 'cdk8s';
import type { Finding } from '../report/finding';
import type { DistPlan } from './dist/plan';
import type { ImageUse } from './images/images';
import type { Output } from './outputs';

/** What an App comes to. */
export interface Synthesized {
  /** All that is wrong with it. */
  readonly findings: readonly Finding[];
  /** Where it would be written: an absolute path. */
  readonly outdir: string;
  /** Its files, with the construct of each object. */
  readonly outputs: readonly Output[];
}

/**
 * What `podwright synth` tells the Apps of the program that it runs, and what they tell it. Without one (ts-node, a
 * test) an App writes at once.
 */
export interface SynthRun {
  /** The folder that the command was told to write to; it goes before what the program says. @default - not told */
  readonly output?: string;
  /** The Apps that were made. */
  made: number;
  /** How many objects were made of them. @default - none yet */
  objects?: number;
  /** What the Apps that were synthesized would write, in their order. Nothing is written until the program has ended. */
  readonly plans: DistPlan[];
  /** Is told, every now and then, how much of what is done. */
  readonly progress?: (what: string, done: number, of?: number) => void;
  /** Is told of each image as the program writes it; no lock is read then, and nothing judged. @default - nobody asks */
  readonly image?: (use: ImageUse) => void;
  /** Is told what each App that is synthesized comes to, before anything is done with it. */
  observe?(app: App, synthesized: Synthesized): void;
}

const RUN = Symbol.for('podwright.run');
const holder = globalThis as { [RUN]?: SynthRun };

/** The run that this process is in; undefined outside `podwright synth`. */
export function currentRun(): SynthRun | undefined {
  return holder[RUN];
}

/** Begins a run, or ends it with undefined. */
export function setCurrentRun(run: SynthRun | undefined): void {
  if (run) holder[RUN] = run;
  else delete holder[RUN];
}
