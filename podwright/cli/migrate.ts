import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { NoManifests } from '../api/manifests/files';
import { type Manifests, readManifests } from '../api/manifests/read';
import { convertProgram, proveProgram } from '../migrate/from-chart/program';
import { type Migration, migrate, type PlacedProgram } from '../migrate/migrate';
import { fromChartText, reportText } from '../migrate/report';
import { checkTypes, findCompiler, type TypeCheck } from '../migrate/type-check';
import { type Command, type CommandContext, CommandError, EXIT, UsageError } from './command';
import { readOptions } from './options';

/** `podwright migrate`: makes a program of manifests. */
export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'make a program of manifests: YAML, JSON, the output of helm template and kubectl get',
  usage: `Usage: npx podwright migrate FILE|FOLDER|-... --out DIR
       npx podwright migrate --from-chart FILE|FOLDER --out DIR

Makes a program of manifests: a class a chart, a construct an object. - is the standard input: the output of
'helm template' or 'kubectl get -o yaml'. The program is run in memory and compared with the manifests before it is
written; the report says equal, or lists what is not. Nothing is written over.

With --from-chart it takes a program of cdk8s, and puts podwright's classes in the place of those that cdk8s has
generated for the Kubernetes API, where that changes no object; what is not safe stays, and is listed with its line.

Options:
  -o, --out DIR     where to write; a folder without such files
      --from-chart  convert a program of cdk8s
  -h, --help        print this
`,

  async run(args, context) {
    const { values, words } = readOptions(args, {
      out: { type: 'string', short: 'o' },
      'from-chart': { type: 'boolean' },
    });
    if (words.length === 0) throw new UsageError("nothing to migrate; expected a file, a folder or '-'");
    if (values.out === undefined) throw new UsageError("'--out' is missing; expected a folder to write to");
    const folder = resolve(context.cwd, values.out);
    if (values['from-chart']) return fromChart(words, folder, context);
    const { packageRoot } = context.installation;
    const compiler = findCompiler([folder, context.cwd, packageRoot]);
    const checking: Promise<TypeCheck>[] = [];
    const migration = migrate(read(words, context.cwd), (files) => {
      if (compiler) checking.push(checkTypes(files, { packageRoot }, compiler));
    });
    const checks = await Promise.all(checking);
    const files = filesOf(migration);
    refuse(files, folder, context);
    writeAll(files, folder);

    for (const { file, line, column, message } of migration.faults) {
      context.stderr.write(`error: ${file}:${line}:${column}: ${message}\n`);
    }
    const shown = (file: string) => relative(context.cwd, join(folder, file)).replaceAll('\\', '/');
    const written = ({ name, files: own }: PlacedProgram) =>
      [...own.keys()].sort().map((file) => shown(join(name, file)));
    context.stdout.write(reportText(migration, written));
    context.stdout.write(typesText(checks, migration));
    return isEqual(migration) && checks.every(({ errors }) => errors.length === 0) ? EXIT.fine : EXIT.finding;
  },
};

function read(words: readonly string[], cwd: string): Manifests {
  try {
    return readManifests(words, cwd);
  } catch (error) {
    throw error instanceof NoManifests ? new CommandError(error.message) : error;
  }
}

function filesOf({ programs }: Migration): Map<string, string> {
  return new Map(programs.flatMap(({ name, files }) => [...files].map(([file, text]) => [join(name, file), text])));
}

/** @throws CommandError when a file is there already */
function refuse(files: ReadonlyMap<string, string>, folder: string, { cwd }: CommandContext): void {
  const there = [...files.keys()].filter((file) => existsSync(join(folder, file)));
  if (there.length === 0) return;
  const names = there.map((file) => relative(cwd, join(folder, file)));
  throw new CommandError(`${names.join(', ')}: there already, and nothing is written over; give another --out`);
}

/** @throws CommandError when the folder cannot be written to */
function writeAll(files: ReadonlyMap<string, string>, folder: string): void {
  for (const [file, text] of files) {
    const path = join(folder, file);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text, { flag: 'wx' });
    } catch (error) {
      throw new CommandError(`cannot write ${path}: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** Converts a program of cdk8s. */
function fromChart(words: readonly string[], folder: string, context: CommandContext): number {
  const [word = '', another] = words;
  if (another !== undefined) throw new UsageError(`unexpected word '${another}'; --from-chart takes one program`);
  const path = resolve(context.cwd, word);
  if (!existsSync(path)) throw new CommandError(`${word} is not there; expected a program of cdk8s, or its folder`);
  const program = convertProgram(path);
  refuse(program.files, folder, context);
  const proof = proveProgram(program, path, context.installation);
  writeAll(program.files, folder);
  const shown = (file: string) => relative(context.cwd, join(folder, file)).replaceAll('\\', '/');
  const changed = [...program.files].filter(([file, text]) => program.before.get(file) !== text);
  for (const [file] of changed) context.stdout.write(`converted ${shown(file)}\n`);
  const { left } = program;
  for (const { file, line, message } of left) context.stdout.write(`left ${shown(file)}:${line}: ${message}\n`);
  context.stdout.write(fromChartText(program, proof));
  return typeof proof !== 'string' && proof.differences.length === 0 ? EXIT.fine : EXIT.finding;
}

function typesText(checks: readonly TypeCheck[], { programs }: Migration): string {
  if (programs.length === 0) return '';
  const [first] = checks;
  if (!first) return 'types: not checked, since no TypeScript is installed here\n';
  const errors = checks.flatMap((check) => check.errors);
  const lines = errors.map((line) => `  ${line}\n`);
  return errors.length === 0 ? `types: checked by TypeScript ${first.compiler}\n` : `types: errors\n${lines.join('')}`;
}

function isEqual({ programs, faults }: Migration): boolean {
  return (
    faults.length === 0 &&
    programs.every(
      ({ failure, proof, objects }) =>
        failure === undefined && proof.equal === objects && proof.differences.length === 0,
    )
  );
}
