import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Command, type CommandContext, CommandError, EXIT, UsageError } from './command';
import { projectFiles } from './init/template';
import { testedVersions } from './init/versions';
import { readOptions } from './options';

/** `podwright init`: starts a project that passes its own tests at once. */
export const init: Command = {
  name: 'init',
  summary: 'start a project: a Pod class, its test, CI workflow and pre-commit hook',
  usage: `Usage: npx podwright init NAME

Makes the folder NAME with a program of one Pod: main.ts, charts, constructs, a test with its snapshot, a CI workflow and
a pre-commit hook that keeps dist what the program says. NAME may be '.', a folder that is empty but for git's own, a
licence and a README. Nothing that is there is written over.

Options:
  -h, --help  print this
`,

  run(args, context) {
    const { words } = readOptions(args, {});
    const [word, ...rest] = words;
    if (word === undefined) throw new UsageError('expected a NAME: npx podwright init my-pods');
    if (rest.length > 0) throw new UsageError(`unexpected word '${rest[0]}'; expected one NAME`);
    const folder = resolve(context.cwd, word);
    const name = basename(folder);
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,213}$/.test(name) || name === 'node_modules') {
      throw new CommandError(
        `'${name}' cannot be the name of a package; expected letters, digits, '.', '_' and '-', a letter or digit first`,
      );
    }
    const files = projectFiles({ name, ...packagesOf(folder, context) });
    const taken = takenIn(folder);
    if (taken.length > 0) {
      throw new CommandError(
        `${word} holds ${taken.join(', ')}; expected a folder that is new or empty. Nothing was written`,
      );
    }
    for (const [path, text] of files) {
      const file = join(folder, path);
      // Of those that may be there, the owner's stay.
      if (existsSync(file)) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      if (path.startsWith('.githooks/')) chmodSync(file, 0o755);
    }
    const place = relative(context.cwd, folder);
    const steps = [...(place === '' ? [] : [`cd ${place}`]), 'git init', 'npm install', 'npm run synth', 'npm test'];
    context.stdout.write(
      `${files.size} files written to ${place || '.'}. Next:\n\n${steps.map((step) => `  ${step}\n`).join('')}`,
    );
    return EXIT.fine;
  },
};

/** What a new repository has before its first program. */
const MAY_BE_THERE = /^(\.git|\.gitignore|\.gitattributes|LICEN[CS]E.*|README.*)$/i;

function takenIn(folder: string): string[] {
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new CommandError(`${folder} is a file; expected a folder that is new or empty`);
    throw error;
  }
  // npm init and npm install, by which the toolkit may have come, leave these.
  const installed = entries.includes('node_modules') ? ['node_modules', 'package-lock.json'] : [];
  return entries.filter((entry) => !MAY_BE_THERE.test(entry) && !installed.includes(entry)).sort();
}

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The toolkit as the project that runs it has it: where that is a file, it is the new project's too. */
function packagesOf(folder: string, { cwd, installation }: CommandContext) {
  const { version = '*' } = read(join(installation.packageRoot, 'package.json'));
  const own = join(cwd, 'package.json');
  const { dependencies, devDependencies } = existsSync(own) ? read(own) : ({} as Manifest);
  const spec = dependencies?.podwright ?? devDependencies?.podwright ?? '';
  const file = /^file:|^[./].*\.tgz$/.test(spec) ? resolve(cwd, spec.replace(/^file:/, '')) : undefined;
  const toolkit = file === undefined ? `^${version}` : `file:${relative(folder, file).replaceAll('\\', '/')}`;
  return { toolkit, versions: testedVersions() };
}

function read(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch (error) {
    throw new CommandError(`${file} is no JSON: ${(error as Error).message}`);
  }
}
