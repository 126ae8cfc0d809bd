import { type ChildProcess, spawn } from 'node:child_process';

/** What a command printed, and how it ended. */
export interface Result {
  readonly command: string;
  /** The exit status; undefined when it was ended for taking too long. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ShellOptions {
  /** The folder that the command runs in. */
  readonly cwd: string;
  /** Variables beside those of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** What the command reads. @default - nothing: its standard input is empty */
  readonly input?: string;
  /** After how many seconds the command is ended. @default 150 - longer than a busy node takes to end a Pod */
  readonly seconds?: number;
}

/** Runs a command line to its end, or to its time bound, and tells both streams and the exit status apart. */
export async function shell(command: string, options: ShellOptions): Promise<Result> {
  const child = start(command, options);
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  child.stdin?.on('error', () => {}); // It may end without having read all of it.
  child.stdin?.end(options.input ?? '');
  let late = false;
  const bound = setTimeout(
    () => {
      late = true;
      end(child);
    },
    (options.seconds ?? 150) * 1000,
  );
  const code = await ended(child);
  clearTimeout(bound);
  return { command, code: late ? undefined : code, stdout: stdout(), stderr: stderr() };
}

/** A command that goes on, such as `kubectl logs -f`: its lines as they come. */
export class Running {
  private readonly stdout: () => string;
  private readonly stderr: () => string;
  private over = false;

  constructor(
    private readonly command: string,
    private readonly child: ChildProcess,
  ) {
    this.stdout = text(child.stdout);
    this.stderr = text(child.stderr);
    child.stdin?.on('error', () => {});
    child.once('close', () => {
      this.over = true;
    });
  }

  /** What it has printed so far. */
  get output(): string {
    return this.stdout();
  }

  /** The whole lines of what it has printed so far. */
  get lines(): string[] {
    return this.output.split(/\r?\n/).slice(0, -1);
  }

  /**
   * Waits until what it has printed satisfies a condition.
   * @throws when the time is over or the command has ended before that, with all it printed.
   */
  async until(what: string, condition: (running: this) => boolean, seconds = 60): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!condition(this)) {
      const failed = this.over
        ? 'ended'
        : Date.now() > deadline
          ? `printed nothing like it in ${seconds} s`
          : undefined;
      if (failed) throw new Error(`'${this.command}': expected ${what}; it ${failed}\n${this.output}${this.stderr()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Types into it. */
  type(input: string): void {
    this.child.stdin?.write(input);
  }

  /** Waits for its end and tells the exit status. */
  async ended(seconds = 60): Promise<number | undefined> {
    const bound = setTimeout(() => end(this.child), seconds * 1000);
    const code = this.over ? this.child.exitCode : await ended(this.child);
    clearTimeout(bound);
    return code ?? undefined;
  }

  /** Ends it. */
  async stop(): Promise<void> {
    if (this.over) return;
    end(this.child);
    await ended(this.child);
  }
}

/** Starts a command line that goes on. Whoever starts it stops it; one that is forgotten ends with its namespace. */
export function follow(command: string, options: ShellOptions): Running {
  return new Running(command, start(command, options));
}

/** A process group of its own, so that a pipeline is ended as a whole. */
function start(command: string, { cwd, env }: ShellOptions): ChildProcess {
  return spawn('sh', ['-c', command], { cwd, env: { ...process.env, ...env }, detached: true, stdio: 'pipe' });
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // ESRCH: it has just ended by itself.
  }
}

function ended(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? undefined));
  });
}

function text(stream: NodeJS.ReadableStream | null): () => string {
  let all = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    all += chunk;
  });
  return () => all;
}
