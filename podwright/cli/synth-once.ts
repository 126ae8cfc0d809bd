import { relative, resolve } from 'node:path';
import type { Finding } from '../report/finding';
import { FindingsError } from '../report/findings-error';
import { formatFindings } from '../report/text';
import { type DistChange, DistError, type DistPlan } from '../synth/dist/plan';
import { writeDist } from '../synth/dist/write';
import { describeError } from '../synth/program/error';
import { findProgram, NoProgram } from '../synth/program/find';
import { loadProgram } from '../synth/program/load';
import { type SynthRun, setCurrentRun } from '../synth/run';
import { type CommandContext, CommandError, EXIT } from './command';
import type { Output } from './output';
import { ProgramReport } from './program-report';
import { Progress } from './progress';

/** What `podwright synth` was told. */
export interface SynthOptions {
  readonly app?: string;
  readonly output?: string;
  readonly stdout?: boolean;
  readonly report?: string;
  readonly force?: boolean;
  /** @default - what the program says is written */
  readonly instead?: Instead;
}

/** What is done with what a program says, in place of writing it. */
export interface Instead {
  /** The command that does it, for messages. */
  readonly command: string;
  /** Whether what is found, and stops nothing, goes untold: it is no matter of that command's. @default false */
  readonly isQuiet?: boolean;
  /** Is told of each image as the program writes it: see SynthRun. @default - nobody asks */
  readonly image?: SynthRun['image'];
  /** Is told what each App comes to. @default - nobody wants to know */
  readonly observe?: SynthRun['observe'];
  /** Is told what was found, errors too, each at its line of the program. @default - nobody wants to know */
  readonly found?: (findings: readonly Finding[]) => void;
  /** Is called once the program has ended. @returns the exit status */
  done(plans: readonly DistPlan[]): Promise<number>;
}

/** Is told what a run comes to. */
export interface SynthListener {
  /** Nothing is wrong with the program, and these plans are about to be carried out. */
  writes?(plans: readonly DistPlan[]): void;
  /** They are. */
  written?(plans: readonly DistPlan[], changes: readonly DistChange[]): void;
}

/**
 * Runs the program of a folder in this process, once, and writes what its Apps say.
 *
 * @returns the exit status; what is wrong is printed.
 * @throws CommandError, UsageError
 */
export function synthOnce(options: SynthOptions, context: CommandContext, listener?: SynthListener): Promise<number> {
  return new OneRun(options, context, listener).run();
}

class OneRun {
  private readonly started = process.hrtime.bigint();
  private readonly file: string;
  private readonly synthesis: SynthRun;
  private readonly report: ProgramReport;
  private readonly progress: Progress;

  constructor(
    private readonly options: SynthOptions,
    private readonly context: CommandContext,
    private readonly listener: SynthListener | undefined,
  ) {
    const { cwd, stderr } = context;
    this.file = program(context, options.app);
    this.progress = new Progress(stderr, this.started);
    const output = options.output && resolve(cwd, options.output);
    const { observe, image } = options.instead ?? {};
    this.synthesis = { output, made: 0, plans: [], progress: this.progress.tell, observe, image };
    this.report = new ProgramReport(this.file, this.synthesis, context, options.report);
  }

  async run(): Promise<number> {
    const failed = await this.execute();
    if (failed !== undefined) return failed;
    const status = await this.end();
    const { cwd, kept = {} } = this.context;
    const { warm, recording } = kept;
    const recorded = recording ?? (warm?.isComplete ? warm.recorded : warm?.record());
    recorded?.save({ cwd, app: this.options.app, main: this.file });
    return status;
  }

  /**
   * Runs the program to its end; undefined when it succeeded, else the exit status, its faults printed. A program that
   * ends the process itself, as it may after its synthesis, comes back to {@link exited} on the way out.
   */
  private async execute(): Promise<number | undefined> {
    const { cwd, installation, kept, stderr } = this.context;
    // What the program prints is not part of the stream that was asked for.
    const write = this.options.stdout ? process.stdout.write : undefined;
    if (write) process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
    const restore = () => {
      setCurrentRun(undefined);
      if (write) process.stdout.write = write;
      this.progress.erase();
    };
    const onExit = (code: number) => {
      restore();
      process.exitCode = this.exited(code);
    };
    process.once('exit', onExit);
    setCurrentRun(this.synthesis);
    try {
      await Promise.race([ended(loadProgram(this.file, installation, kept)), uncaught()]);
      return undefined;
    } catch (error) {
      this.progress.erase();
      if (error instanceof CommandError) throw error;
      if (FindingsError.isFindingsError(error)) {
        this.tell(error.findings);
        return EXIT.finding;
      }
      stderr.write(`error: ${describeError(error, cwd, installation)}`);
      return EXIT.failure;
    } finally {
      process.off('exit', onExit);
      restore();
    }
  }

  private async end(): Promise<number> {
    const { instead } = this.options;
    return instead ? instead.done(this.told()) : this.finish();
  }

  /** What is left to do when the program has called process.exit. */
  private exited(code: number): number {
    const { instead } = this.options;
    try {
      if (instead) throw new CommandError('the program called process.exit: expected it to end by itself');
      if (code === 0 && this.synthesis.plans.length > 0) return this.finish();
      const end = code === 0 ? 'before an App was synthesized' : `with status ${code}`;
      const file = relative(this.context.cwd, this.file);
      throw new CommandError(`${file} called process.exit ${end}; nothing was written`);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.context.stderr.write(`podwright ${instead?.command ?? 'synth'}: ${error.message}\n`);
      return EXIT.failure;
    }
  }

  /** Says what was found. @throws CommandError where the program said nothing */
  private told(): readonly DistPlan[] {
    const { plans } = this.synthesis;
    if (plans.length === 0)
      throw new CommandError(nothingSynthesized(relative(this.context.cwd, this.file), this.synthesis));
    if (!this.options.instead?.isQuiet) this.tell(plans.flatMap((plan) => plan.findings));
    return plans;
  }

  private tell(findings: readonly Finding[]): void {
    const told = this.report.tell(findings);
    this.options.instead?.found?.(told);
  }

  /** Writes or prints what the program says. */
  private finish(): number {
    const { stderr } = this.context;
    const plans = this.told();
    if (this.options.stdout) {
      print(plans, this.context.stdout);
      return EXIT.fine;
    }
    try {
      this.listener?.writes?.(plans);
      const changes = writeDist(plans, { force: this.options.force, progress: this.progress.tell });
      this.progress.erase();
      this.listener?.written?.(plans, changes);
      stderr.write(summary(plans, changes, Number(process.hrtime.bigint() - this.started) / 1e6));
      return EXIT.fine;
    } catch (error) {
      this.progress.erase();
      if (error instanceof DistError) throw new CommandError(error.message);
      if (!FindingsError.isFindingsError(error)) throw error;
      stderr.write(formatFindings(error.findings));
      return EXIT.finding;
    }
  }
}

function print(plans: readonly DistPlan[], stdout: Output): void {
  let first = true;
  for (const content of plans.flatMap((plan) => (plan.beside ? [] : [...plan.files.values()]))) {
    if (!first) stdout.write('---\n');
    first = false;
    stdout.write(content);
  }
}

function program({ cwd, kept = {} }: CommandContext, app: string | undefined): string {
  const find = () => findProgram(cwd, app);
  try {
    return kept.warm?.mainFor(cwd, app) ?? (kept.recording ? kept.recording.observe(find) : find());
  } catch (error) {
    if (error instanceof NoProgram) throw new CommandError(error.message);
    throw error;
  }
}

/** When nothing of the program is left to run. */
function ended(loaded: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let whole = false;
    loaded.then(() => {
      whole = true;
    }, reject);
    process.once('beforeExit', () => {
      if (whole) resolve();
      else reject(new CommandError('the program waits for what never comes: an await of its main file does not end'));
    });
  });
}

/** Fails with the first error that nothing in the program catches. */
function uncaught(): Promise<never> {
  return new Promise((_, reject) => {
    process.once('uncaughtException', reject);
  });
}

function nothingSynthesized(file: string, run: SynthRun): string {
  if (run.made > 0) return `${file} made an App and did not synthesize it. Add app.synth() as its last line`;
  return `${file} made no App of podwright's; expected import { App } from 'podwright', new App() and app.synth()`;
}

function summary(plans: readonly DistPlan[], changes: readonly DistChange[], milliseconds: number): string {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const of = (key: keyof DistChange) => sum(changes.map((change) => change[key].length));
  return `${count(sum(plans.map((plan) => plan.charts)), 'chart')}, ${count(
    sum(plans.map((plan) => plan.objects)),
    'object',
  )}: ${count(of('written'), 'file')} written, ${of('unchanged')} unchanged, ${of('removed')} removed in ${(
    milliseconds / 1000
  ).toFixed(2)} s\n`;
}
