import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { CommandContext } from '../command';
import type { SynthOptions } from '../synth-once';
import { Dependencies } from './dependencies';
import { type Message, PIPE } from './protocol';
import type { Assignment } from './standby';

/** Milliseconds in which the events of one save come in. */
const SETTLE = 5;
/** Milliseconds that a file may be away, or empty, while an editor saves it. */
const GRACE = 60;
/** Milliseconds after which a run that does not end is told of. */
const LONG = 5000;

/**
 * `podwright synth --watch`: runs the program, and again whenever a path that it asked for has changed. Each run is a
 * process of its own, so that nothing of one shows in the next, and whatever a program does, the watcher survives it.
 *
 * @returns never; a signal ends the process.
 */
export function watch(args: readonly string[], options: SynthOptions, context: CommandContext): Promise<number> {
  return new Promise((_, reject) => {
    try {
      new Watch(args, options, context).begin();
    } catch (error) {
      reject(error);
    }
  });
}

/** One process, from its start to its end. */
interface Runner {
  readonly process: ChildProcess;
  /** Whether it has been told to run. */
  running: boolean;
  ready: boolean;
  done: boolean;
  readonly asked: Set<string>;
  readonly wrote: Set<string>;
  readonly outdirs: string[];
}

class Watch {
  private readonly dependencies = new Dependencies(() => this.lookSoon());
  private runner: Runner | undefined;
  /** Whether a run is due as soon as a process is ready. */
  private due = false;
  private timer: NodeJS.Timeout | undefined;
  private longTimer: NodeJS.Timeout | undefined;
  /** Since when changed files are away or empty. */
  private awaySince: number | undefined;
  private announced = false;
  private over = false;

  constructor(
    private readonly args: readonly string[],
    private readonly options: SynthOptions,
    private readonly context: CommandContext,
  ) {}

  begin(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        this.end();
        // Ended by the signal, as whoever sent it expects: a shell makes 130 of Ctrl-C.
        process.kill(process.pid, signal);
      });
    }
    process.once('exit', () => this.end());
    this.due = true;
    this.launch();
  }

  private end(): void {
    this.over = true;
    this.dependencies.close();
    clearTimeout(this.timer);
    clearTimeout(this.longTimer);
    this.runner?.process.kill('SIGKILL');
  }

  /** Starts a process that waits, or runs at once when a run is due. */
  private launch(): void {
    const { installation, cwd } = this.context;
    const child = spawn(process.execPath, [...process.execArgv, join(installation.lib, 'cli', 'watch', 'standby.js')], {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit', 'pipe', 'ipc'],
    });
    const runner: Runner = {
      process: child,
      running: false,
      ready: false,
      done: false,
      asked: new Set(),
      wrote: new Set(),
      outdirs: [],
    };
    this.runner = runner;
    const lines = createInterface(child.stdio[PIPE] as Readable);
    let heard = false;
    lines.once('close', () => {
      heard = true;
    });
    lines.on('line', (line) => this.hear(runner, JSON.parse(line) as Message));
    const assignment: Assignment = {
      argv: process.argv.slice(1),
      isFirst: !this.announced,
      args: this.args,
      options: this.options,
      installation,
    };
    child.send(assignment);
    child.once('exit', (code, signal) => {
      if (heard) this.ended(runner, code, signal);
      else lines.once('close', () => this.ended(runner, code, signal));
    });
  }

  private start(runner: Runner): void {
    this.due = false;
    runner.running = true;
    runner.process.send('run');
    clearTimeout(this.longTimer);
    this.longTimer = setTimeout(() => this.say('the program is still running; a save begins again'), LONG);
  }

  private hear(runner: Runner, message: Message): void {
    if (runner !== this.runner) return;
    if (message.kind === 'ready') {
      runner.ready = true;
      if (this.due) this.start(runner);
    } else if (message.kind === 'stale') {
      this.due = true;
      runner.running = false;
    } else if (message.kind === 'asked') {
      if (isIn(message.path, runner.outdirs)) return;
      runner.asked.add(message.path);
      this.dependencies.ask(message.path, message.listed, message.state);
    } else if (message.kind === 'wrote') runner.wrote.add(message.path);
    else if (message.kind === 'outdir') {
      runner.outdirs.push(message.path);
      this.dependencies.forget((path) => isIn(path, runner.outdirs));
    } else this.done(runner);
  }

  private done(runner: Runner): void {
    runner.done = true;
    clearTimeout(this.longTimer);
    this.dependencies.forget((path) => runner.wrote.has(path));
    this.dependencies.keepOnly(runner.asked);
    if (!this.announced) this.say(`watching ${this.dependencies.size} files; Ctrl-C ends it`);
    this.announced = true;
    // What was saved while it ran.
    this.lookSoon();
  }

  private ended(runner: Runner, code: number | null, signal: NodeJS.Signals | null): void {
    if (runner !== this.runner || this.over) return;
    if (runner.running && !runner.done) {
      if (signal) this.say(`podwright synth: the program was ended by ${signal}`);
      else if (code !== 0 && code !== 2) this.say(`podwright synth: the program ended with status ${code}`);
      this.done(runner);
    }
    // A process that can't even be started is not started over and over.
    if (!runner.ready && !runner.running) {
      this.say('podwright synth: the process that runs the program does not start');
      process.exit(2);
    }
    this.launch();
  }

  private lookSoon(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.lookNow();
    }, SETTLE);
  }

  /** Runs the program when something has changed; a run that is still at work is of no use any more. */
  private lookNow(): void {
    const { runner } = this;
    if (!runner || this.due) return;
    const changed = this.dependencies.changed();
    if (changed.length === 0) {
      this.awaySince = undefined;
      return;
    }
    this.awaySince ??= Date.now();
    if (changed.some(isAway) && Date.now() - this.awaySince < GRACE) {
      this.lookSoon();
      return;
    }
    this.awaySince = undefined;
    this.dependencies.accept(changed);
    this.due = true;
    const [first = '', ...others] = changed.map((path) => this.short(path));
    this.say(`${first}${others.length > 0 ? ` and ${others.length} more` : ''} changed`);
    if (runner.running) {
      clearTimeout(this.longTimer);
      if (!runner.done) {
        // Of what it writes, each file is whole, and the next run ends what it began.
        runner.process.kill('SIGKILL');
        this.launch();
      }
    } else if (runner.ready) this.start(runner);
  }

  private short(path: string): string {
    const short = relative(this.context.cwd, path);
    return short.startsWith('..') ? path : short;
  }

  private say(line: string): void {
    this.context.stderr.write(`${line}\n`);
  }
}

function isIn(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(folder + sep));
}

/** A file that is away or empty, as one is for a moment while some editors save it. */
function isAway(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;
}
