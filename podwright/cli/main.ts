import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../report/nearest';
import type { Kept } from '../synth/program/load';
import { type Command, type CommandContext, CommandError, EXIT, type Installation, UsageError } from './command';
import { standardError, standardOutput } from './output';

/** One command of the table: its module is loaded when it is called, so that start-up costs the same for each. */
interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Command;
}

/** Every command, in the order in which they are listed. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'synth',
    summary: 'write the manifests of the program in this folder to dist',
    load: () => (require('./synth') as typeof import('./synth')).synth,
  },
  {
    name: 'check',
    summary: 'say what is wrong with manifests: YAML, JSON, JSON lines, Lists',
    load: () => (require('./check') as typeof import('./check')).check,
  },
  {
    name: 'diff',
    summary: 'say what a change does to the cluster: restarts, what must be recreated, what is deleted',
    load: () => (require('./diff') as typeof import('./diff')).diff,
  },
  {
    name: 'footprint',
    summary: 'say what dist takes of the cluster: CPU, memory, GPUs, storage, pods',
    load: () => (require('./footprint') as typeof import('./footprint')).footprint,
  },
  {
    name: 'images',
    summary: 'list the images of the program, pin and verify them by a registry',
    load: () => (require('./images') as typeof import('./images')).images,
  },
  {
    name: 'import',
    summary: 'write TypeScript classes for the kinds of the Kubernetes API and of CRDs to imports',
    load: () => (require('./import') as typeof import('./import')).importCommand,
  },
  {
    name: 'migrate',
    summary: 'make a program of manifests: YAML, JSON, the output of helm template and kubectl get',
    load: () => (require('./migrate') as typeof import('./migrate')).migrateCommand,
  },
  {
    name: 'graph',
    summary: 'draw the constructs and objects, and how they reach each other',
    load: () => (require('./graph') as typeof import('./graph')).graph,
  },
  {
    name: 'init',
    summary: 'start a project: a Pod class, its test, CI workflow and pre-commit hook',
    load: () => (require('./init') as typeof import('./init')).init,
  },
];

/** Runs one command and leaves its status as the process's. `args` are the words after `podwright`. */
export async function main(args: readonly string[], installation: Installation, kept?: Kept): Promise<void> {
  process.exitCode = await run(args, {
    cwd: process.cwd(),
    // What is not written to is not loaded.
    get stdout() {
      return standardOutput();
    },
    stderr: standardError,
    env: process.env,
    installation,
    kept,
  });
}

/** Runs one command; user errors are printed to `context.stderr`. Returns the exit status. */
export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const [word, ...rest] = args;
  if (word === undefined || word === '--help' || word === '-h' || word === 'help') {
    const [name] = rest;
    if (word !== 'help' || name === undefined) {
      context.stdout.write(overview());
      return EXIT.fine;
    }
    const asked = find(name);
    if (!asked) return unknown(name, context);
    context.stdout.write(help(asked.load()));
    return EXIT.fine;
  }
  if (word === '--version' || word === '-v') {
    context.stdout.write(`${version(context.installation)}\n`);
    return EXIT.fine;
  }
  const entry = find(word);
  if (!entry) return unknown(word, context);
  const command = entry.load();
  const end = rest.indexOf('--');
  const options = end < 0 ? rest : rest.slice(0, end);
  if (options.includes('--help') || options.includes('-h')) {
    context.stdout.write(help(command));
    return EXIT.fine;
  }
  try {
    return await command.run(rest, context);
  } catch (error) {
    if (error instanceof UsageError) {
      context.stderr.write(
        `podwright ${command.name}: ${error.message}\nThe right call: npx podwright ${command.name} --help\n`,
      );
      return EXIT.failure;
    }
    if (error instanceof CommandError) {
      context.stderr.write(`podwright ${command.name}: ${error.message}\n`);
      return EXIT.failure;
    }
    throw error;
  }
}

function find(name: string): CommandEntry | undefined {
  return commands.find((entry) => entry.name === name);
}

function unknown(name: string, context: CommandContext): number {
  const option = name.startsWith('-');
  const names = option ? ['--help', '--version'] : [...commands.map((entry) => entry.name), 'help'];
  const near = nearest(name, names);
  context.stderr.write(
    `podwright: unknown ${option ? 'option' : 'command'} '${name}'${near ? `; did you mean '${near}'?` : ''}\n` +
      'The commands: npx podwright\n',
  );
  return EXIT.failure;
}

function overview(): string {
  const width = Math.max(...commands.map((entry) => entry.name.length));
  const lines = commands.map((entry) => `  ${entry.name.padEnd(width)}  ${entry.summary}`);
  return `podwright: Kubernetes workloads as TypeScript classes\n\nUsage: npx podwright COMMAND [OPTION]...\n\nCommands:\n${lines.join(
    '\n',
  )}\n\nEach command has --help; npx podwright --version prints the version.\n`;
}

function help(command: Command): string {
  return `${command.usage.trimEnd()}\n`;
}

/** The version of the package that is running. */
export function version(installation: Installation): string {
  const manifest = JSON.parse(readFileSync(join(installation.packageRoot, 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}
