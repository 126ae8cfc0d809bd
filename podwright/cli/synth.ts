import { relative, resolve } from 'node:path';
import { FindingsError } from '../report/findings-error';
import { formatFindings } from '../report/text';
import { type DistChange, DistError, type DistPlan } from '../synth/dist/plan';
import { writeDist } from '../synth/dist/write';
import { describeError } from '../synth/program/error';
import { findProgram, NoProgram } from '../synth/program/find';
import { loadProgram } from '../synth/program/load';
import type { ProgramName } from '../synth/program/recording';
import { type SynthRun, setCurrentRun } from '../synth/run';
import { type Command, type CommandContext, CommandError, EXIT, UsageError } from './command';
import { readOptions } from './options';
import type { Output } from './output';
import { ProgramReport } from './program-report';

/** `podwright synth`: runs the program of a folder in this process and writes what its Apps say. */
export const synth: Command = {
  name: 'synth',
  summary: 'write the manifests of the program in this folder to dist',
  usage: `Usage: npx podwright synth [OPTION]...

Runs the program of this folder and writes the manifests that it says to dist. The program is what --app names, else
the TypeScript or JavaScript file that cdk8s.yaml's app runs, else main.ts. Nothing is written unless all of it
succeeds; files in dist that it did not make are left alone.

Options:
  -a, --app FILE       the program's file, or a command that runs one ('npx ts-node main.ts')
  -o, --output FOLDER  where to write; default: what the program says, else dist
  -p, --stdout         print the manifests as one YAML stream, and write nothing
  -r, --report FILE    write all that was found too, exceptions as well: FILE.sarif, FILE.json or FILE.xml (JUnit)
  -f, --force          overwrite files of dist that were edited by hand, or that others made
  -h, --help           print this
`,

  async run(args, context) {
    const { values, words } = readOptions(args, {
      app: { type: 'string', short: 'a' },
      output: { type: 'string', short: 'o' },
      stdout: { type: 'boolean', short: 'p' },
      report: { type: 'string', short: 'r' },
      force: { type: 'boolean', short: 'f' },
    });
    if (words.length > 0) throw new UsageError(`unexpected word '${words[0]}'; the program's file is named by --app`);
    if (values.output !== undefined && values.stdout) {
      throw new UsageError("'--output' and '--stdout' are two places for one result; expected one of them");
    }
    const started = process.hrtime.bigint();
    const file = program(context, values.app);
    const run: SynthRun = { output: values.output && resolve(context.cwd, values.output), made: 0, plans: [] };
    const report = new ProgramReport(file, run, context, values.report);
    const ends = () => finish(file, run, values, context, report, started);
    const failed = await execute(file, run, context, values.stdout === true, report, ends);
    if (failed !== undefined) return failed;
    const status = ends();
    keep(context, { cwd: context.cwd, app: values.app, main: file });
    return status;
  },
};

/** Writes or prints what the program says. */
function finish(
  file: string,
  run: SynthRun,
  { stdout, force }: { readonly stdout?: boolean; readonly force?: boolean },
  context: CommandContext,
  report: ProgramReport,
  started: bigint,
): number {
  if (run.plans.length === 0) throw new CommandError(nothingSynthesized(relative(context.cwd, file), run));
  report.tell(run.plans.flatMap((plan) => plan.findings));
  if (stdout) {
    print(run.plans, context.stdout);
    return EXIT.fine;
  }
  try {
    const changes = writeDist(run.plans, { force });
    context.stderr.write(summary(run.plans, changes, Number(process.hrtime.bigint() - started) / 1e6));
    return EXIT.fine;
  } catch (error) {
    if (error instanceof DistError) throw new CommandError(error.message);
    if (!FindingsError.isFindingsError(error)) throw error;
    context.stderr.write(formatFindings(error.findings));
    return EXIT.finding;
  }
}

/** What was compiled is there for the next run. */
function keep({ kept = {} }: CommandContext, program: ProgramName): void {
  const { warm, recording } = kept;
  const recorded = recording ?? (warm?.isComplete ? warm.recorded : warm?.record());
  recorded?.save(program);
}

function print(plans: readonly DistPlan[], stdout: Output): void {
  let first = true;
  for (const content of plans.flatMap((plan) => [...plan.files.values()])) {
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

/**
 * Runs the program to its end; undefined when it succeeded, else the exit status, its faults printed. A program that
 * ends the process itself, as it may after its synthesis, comes back to `finish` on the way out.
 */
async function execute(
  file: string,
  run: SynthRun,
  context: CommandContext,
  mute: boolean,
  report: ProgramReport,
  finish: () => number,
): Promise<number | undefined> {
  // What the program prints is not part of the stream that was asked for.
  const write = mute ? process.stdout.write : undefined;
  if (write) process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  const restore = () => {
    setCurrentRun(undefined);
    if (write) process.stdout.write = write;
  };
  const onExit = (code: number) => {
    restore();
    process.exitCode = exited(code, relative(context.cwd, file), run, context, finish);
  };
  process.once('exit', onExit);
  setCurrentRun(run);
  try {
    await Promise.race([ended(loadProgram(file, context.installation, context.kept)), uncaught()]);
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if (FindingsError.isFindingsError(error)) {
      report.tell(error.findings);
      return EXIT.finding;
    }
    context.stderr.write(`error: ${describeError(error, context.cwd, context.installation)}`);
    return EXIT.failure;
  } finally {
    process.off('exit', onExit);
    restore();
  }
}

/** What is left to do when the program has called process.exit. */
function exited(code: number, file: string, run: SynthRun, { stderr }: CommandContext, finish: () => number): number {
  try {
    if (code === 0 && run.plans.length > 0) return finish();
    const end = code === 0 ? 'before an App was synthesized' : `with status ${code}`;
    throw new CommandError(`${file} called process.exit ${end}; nothing was written`);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    stderr.write(`podwright synth: ${error.message}\n`);
    return EXIT.failure;
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
