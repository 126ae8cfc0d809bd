// The process that runs the program once, for `synth --watch`: it is started ahead, loads all that the program will
// need, waits for the word, runs, and ends. So each run is by itself, and none pays for a start.
import { writeSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { DistChange, DistPlan } from '../../synth/dist/plan';
import { observe } from '../../synth/program/accesses';
import type { Installation } from '../../synth/program/installation';
import type { Kept } from '../../synth/program/load';
import { start, Warm } from '../../synth/program/warm';
import { type CommandContext, CommandError, EXIT, UsageError } from '../command';
import { standardError } from '../output';
import type { SynthOptions } from '../synth-once';
import { namedByArguments } from './arguments';
import { type Message, PIPE, stateOf } from './protocol';

/** What the watcher gives a standby process on its way. */
export interface Assignment {
  /** What the program sees of the command that runs it. */
  readonly argv: readonly string[];
  readonly args: readonly string[];
  /** Of later runs it is told which files they change. */
  readonly isFirst: boolean;
  readonly options: SynthOptions;
  readonly installation: Installation;
}

function tell(message: Message): void {
  writeSync(PIPE, `${JSON.stringify(message)}\n`);
}

/** Tells of every path that this process asks for from now on, each once; not of packages and the toolkit. */
function tellOfPaths({ packageRoot }: Installation): void {
  const told = new Set<string>();
  const once = (key: string, path: string, message: () => Message) => {
    if (told.has(key) || /[\\/]node_modules([\\/]|$)/.test(path) || path.startsWith(packageRoot + sep)) return;
    told.add(key);
    tell(message());
  };
  const ask = (path: string, listed: boolean) =>
    once(`${listed}${path}`, path, () => ({ kind: 'asked', path, listed, state: stateOf(path, listed) }));
  observe((access, path) => {
    if (access === 'write') once(path, path, () => ({ kind: 'wrote', path }));
    else ask(path, access === 'list');
  });
  namedByArguments(ask);
}

async function run({ args, isFirst, options, installation }: Assignment, prepared: Warm | undefined): Promise<void> {
  tellOfPaths(installation);
  if (prepared && !prepared.isCurrent()) {
    tell({ kind: 'stale' });
    process.exit();
  }
  const kept = prepared ? { warm: prepared } : start(process.cwd(), args, installation);
  const { warm }: Kept = kept;
  const context: CommandContext = {
    cwd: process.cwd(),
    get stdout() {
      return process.stdout;
    },
    stderr: standardError,
    env: process.env,
    installation,
    kept,
  };
  const load = (name: string) =>
    warm ? warm.load(join(installation.lib, name)) : require(join(installation.lib, name));
  const { synthOnce } = load(join('cli', 'synth-once.js')) as typeof import('../synth-once');
  let status: number = EXIT.failure;
  try {
    status = await synthOnce(options, context, {
      writes(plans) {
        for (const { outdir } of plans) tell({ kind: 'outdir', path: outdir });
      },
      written(plans, changes) {
        if (!isFirst) list(plans, changes);
      },
    });
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== CommandError.name && name !== UsageError.name) throw error;
    standardError.write(`podwright synth: ${message}\n`);
  }
  tell({ kind: 'done' });
  process.exit(status);
}

/** Says which files were written and removed. */
function list(plans: readonly DistPlan[], changes: readonly DistChange[]): void {
  const outdirs = [...new Set(plans.map((plan) => relative(process.cwd(), plan.outdir)))];
  changes.forEach(({ written, removed }, index) => {
    const outdir = outdirs[index] ?? '';
    for (const path of written) standardError.write(`  written ${join(outdir, path)}\n`);
    for (const path of removed) standardError.write(`  removed ${join(outdir, path)}\n`);
  });
}

process.once('message', (assignment: Assignment) => {
  const { argv, options, installation } = assignment;
  process.argv.splice(1, Number.POSITIVE_INFINITY, ...argv);
  // Where nothing was kept, there is nothing to prepare: the run begins as the first one does.
  const warm = Warm.open(process.cwd(), options.app, installation);
  warm?.preload();
  process.once('message', () => {
    // The channel stays, so that this process ends with the watcher; but the program's end does not wait for it.
    process.channel?.unref();
    run(assignment, warm);
  });
  tell({ kind: 'ready' });
});
process.once('disconnect', () => process.exit());
