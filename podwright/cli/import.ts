import { rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { isVersion, NEWEST, VERSIONS } from '../api/versions';
import { filesIn, isCurrent, isOwn, readImport, replaced, writeImport } from '../import/folder';
import { type Imported, importCluster, importCrds, importDocuments } from '../import/from-sources';
import { type ImportFile, keptImport, remake, shippedImport } from '../import/imports';
import { nameOf, SourceError } from '../import/sources';
import { type Command, type CommandContext, CommandError, EXIT, UsageError } from './command';
import { readOptions } from './options';

/** `podwright import`: writes TypeScript for the kinds of the Kubernetes API and of CRDs. */
export const importCommand: Command = {
  name: 'import',
  summary: 'write TypeScript classes for the kinds of the Kubernetes API and of CRDs to imports',
  usage: `Usage: npx podwright import k8s[@VERSION] [OPTION]...
       npx podwright import k8s --from FILE|URL... [OPTION]...
       npx podwright import k8s --cluster [OPTION]...
       npx podwright import FILE|URL... [OPTION]...
       npx podwright import [OPTION]...

Writes TypeScript to imports: a class a kind, an interface a type.
  k8s             the Kubernetes API as podwright ships it (${NEWEST}); stays with the installed podwright
  k8s@VERSION     the API of one version, ${VERSIONS[0]} to ${NEWEST}
  k8s --from      the API of an OpenAPI document, v2 or v3; given more than once, the documents are one API
  k8s --cluster   the API of the cluster that kubectl is set to
  FILE|URL        the CustomResourceDefinitions in YAML or JSON, lists too; one file of types a source, or one for all
                  sources with --name. What types need is kept beside them, in NAME.crds.jsonl
  nothing         makes every import in the folder again, from what is kept: after an update of podwright

Options:
      --from FILE|URL  the OpenAPI document of 'k8s'
      --cluster        ask the cluster of the current context, through kubectl
  -n, --name NAME      the name of the import: NAME.ts; default: k8s, or the source's file name
  -o, --out FOLDER     where to write; default: imports
      --check          write nothing, and say what is not current; exit 1 if anything is not
  -h, --help           print this
`,

  async run(args, context) {
    const { values, words } = readOptions(args, {
      from: { type: 'string', multiple: true },
      cluster: { type: 'boolean' },
      name: { type: 'string', short: 'n' },
      out: { type: 'string', short: 'o' },
      check: { type: 'boolean' },
    });
    const folder = resolve(context.cwd, values.out ?? 'imports');
    const [word] = words;
    const k8s = word === 'k8s' || word?.startsWith('k8s@') === true;
    refuse(words, k8s, values);
    try {
      const imported =
        word === undefined
          ? again(folder, context)
          : k8s
            ? await importK8s(word, values, context)
            : await importCrds(named(words, values.name), context.cwd);
      for (const note of imported.notes) context.stderr.write(`${note}\n`);
      return values.check ? check(folder, imported.files, context) : write(folder, imported.files, context);
    } catch (error) {
      if (error instanceof SourceError) throw new CommandError(error.message, { cause: error });
      throw error;
    }
  },
};

interface Options {
  readonly from?: readonly string[] | undefined;
  readonly cluster?: boolean | undefined;
  readonly name?: string | undefined;
}

/** @throws UsageError for what no call can mean. */
function refuse(words: readonly string[], k8s: boolean, { from, cluster, name }: Options): void {
  const option = from ? '--from' : cluster ? '--cluster' : undefined;
  if (name !== undefined && !/^[A-Za-z0-9][\w.-]*$/.test(name))
    throw new UsageError(`the name '${name}' is no file name; expected letters, digits, '.', '-' and '_'`);
  if (name !== undefined && words.length === 0)
    throw new UsageError("'--name' names what is imported; expected k8s, a file or a URL before it");
  if (option && !k8s)
    throw new UsageError(`'${option}' belongs to k8s: podwright import k8s ${from ? '--from FILE' : '--cluster'}`);
  if (from && cluster) throw new UsageError("'--from' and '--cluster' are two sources; expected one of them");
  if (k8s && words.length > 1)
    throw new UsageError(`unexpected word '${words[1]}' after ${words[0]}; import it by a call of its own`);
  const version = k8s ? words[0]?.slice('k8s@'.length) : undefined;
  if (option && version) throw new UsageError(`'${option}' says which version it is; expected k8s without @${version}`);
}

async function importK8s(word: string, { from, cluster, name = 'k8s' }: Options, context: CommandContext) {
  if (from) return importDocuments(from, name, context.cwd);
  if (cluster) return importCluster(context.env, name);
  if (word === 'k8s') return { files: shippedImport(name), notes: [] };
  const version = word.slice('k8s@'.length);
  if (!isVersion(version)) throw new UsageError(unknownVersion(version));
  return { files: keptImport(version, name), notes: [] };
}

function unknownVersion(version: string): string {
  const minor = /^v?(\d+\.\d+)/.exec(version)?.[1];
  const near = minor && isVersion(minor) ? `; did you mean k8s@${minor}?` : '';
  return `unknown Kubernetes version '${version}'; expected ${VERSIONS[0]} to ${NEWEST}, or k8s with --from or --cluster${near}`;
}

/** The sources by the name of the import that they are to be. */
function named(sources: readonly string[], name: string | undefined): Map<string, string[]> {
  if (name === 'k8s') throw new UsageError("'--name k8s' is the Kubernetes API's own; expected another name");
  if (name !== undefined) return new Map([[name, [...sources]]]);
  const names = new Map<string, string[]>();
  for (const source of sources) {
    const own = nameOf(source);
    if (own === '' || own === 'k8s')
      throw new UsageError(`${source} would be ${own === '' ? 'a file without a name' : 'k8s.ts'}; give it a --name`);
    const other = names.get(own);
    if (other)
      throw new UsageError(
        `${other[0]} and ${source} would both be ${own}.ts; import each with a --name, or both with one`,
      );
    names.set(own, [source]);
  }
  return names;
}

function again(folder: string, context: CommandContext): Imported {
  const names = filesIn(folder);
  const { files, problems } = remake(names, (name) => readImport(folder, name));
  if (problems.length > 0)
    throw new SourceError(problems.map((problem) => join(relative(context.cwd, folder), problem)).join('\n'));
  if (files.length === 0)
    throw new UsageError(
      `nothing is imported in ${relative(context.cwd, folder) || '.'} yet; expected k8s, a file or a URL`,
    );
  return { files, notes: [] };
}

function write(folder: string, files: readonly ImportFile[], context: CommandContext): number {
  const shown = (name: string) => relative(context.cwd, join(folder, name));
  const own = files.filter(({ name }) => isOwn(folder, name));
  if (own.length > 0) {
    const lines = own.map(
      ({ name }) => `${shown(name)} is not a generated file; move it, or give the import another --name`,
    );
    throw new CommandError(lines.join('\n'));
  }
  for (const file of files) {
    const current = isCurrent(folder, file);
    if (!current) writeImport(folder, file);
    const kinds = file.kinds === undefined ? '' : ` (${file.kinds} ${file.kinds === 1 ? 'class' : 'classes'})`;
    context.stdout.write(`${current ? 'unchanged' : 'wrote'} ${shown(file.name)}${kinds}\n`);
  }
  for (const name of replaced(folder, files)) {
    rmSync(join(folder, name));
    context.stdout.write(`removed ${shown(name)}\n`);
  }
  return EXIT.fine;
}

function check(folder: string, files: readonly ImportFile[], context: CommandContext): number {
  const stale = files.filter((file) => !isCurrent(folder, file)).map(({ name }) => name);
  const names = [...stale, ...replaced(folder, files)];
  for (const name of names) context.stdout.write(`${relative(context.cwd, join(folder, name))} is not current\n`);
  if (names.length > 0) return EXIT.finding;
  context.stdout.write(`${files.length} ${files.length === 1 ? 'file is' : 'files are'} current\n`);
  return EXIT.fine;
}
