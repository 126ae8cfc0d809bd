import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { NoManifests } from '../api/manifests/files';
import { type Manifests, readManifests } from '../api/manifests/read';
import { type Migration, migrate, type PlacedProgram } from '../migrate/migrate';
import { reportText } from '../migrate/report';
import { checkTypes, findCompiler, type TypeCheck } from '../migrate/type-check';
import { type Command, type CommandContext, CommandError, EXIT, UsageError } from './command';
import { readOptions } from './options';

/** `podwright migrate`: makes a program of manifests. */
export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'make a program of manifests: YAML, JSON, the output of helm template and kubectl get',
  usage: `Usage: npx podwright migrate FILE|FOLDER|-... --out DIR

Makes a program of manifests: a class a chart, a construct an object. - is the standard input: the output of
'helm template' or 'kubectl get -o yaml'. The program is run in memory and compared with the manifests before it is
written; the report says equal, or lists what is not. Nothing is written over.

Options:
  -o, --out DIR  where to write; a folder without such files
  -h, --help     print this
`,

  async run(args, context) {
    const { values, words } = readOptions(args, { out: { type: 'string', short: 'o' } });
    if (words.length === 0) throw new UsageError("nothing to migrate; expected a file, a folder or '-'");
    if (values.out === undefined) throw new UsageError("'--out' is missing; expected a folder to write to");
    const folder = resolve(context.cwd, values.out);
    const { packageRoot } = context.installation;
    const compiler = findCompiler([folder, context.cwd, packageRoot]);
    const checking: Promise<TypeCheck>[] = [];
    const migration = migrate(read(words, context.cwd), (files) => {
      if (compiler) checking.push(checkTypes(files, { packageRoot }, compiler));
    });
    const checks = await Promise.all(checking);
    const files = filesOf(migration);
    refuse(files, folder, context);
    for (const [file, text] of files) write(join(folder, file), text);

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

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'wx' });
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
