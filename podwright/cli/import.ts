import { join, relative, resolve } from 'node:path';
import { isVersion, NEWEST, VERSIONS } from '../api/versions';
import { filesIn, isCurrent, isOwn, readImport, writeImport } from '../import/folder';
import { crdImport, type ImportFile, keptImport, openApiImport, remake, shippedImport } from '../import/imports';
import { readOpenApi } from '../import/openapi-document';
import { type CrdText, readCrds } from '../import/read-crds';
import { isUrl, nameOf, readCluster, readSource, SourceError } from '../import/sources';
import { type Command, type CommandContext, CommandError, EXIT, UsageError } from './command';
import { readOptions } from './options';

/** What a call imports: its files, and what it left out. */
interface Imported {
  readonly files: readonly ImportFile[];
  readonly notes: readonly string[];
}

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
    const [word, ...others] = words;
    const k8s = word === 'k8s' || word?.startsWith('k8s@');
    if (values.name !== undefined && !/^[A-Za-z0-9][\w.-]*$/.test(values.name))
      throw new UsageError(`the name '${values.name}' is no file name; expected letters, digits, '.', '-' and '_'`);
    if (!k8s && (values.from || values.cluster))
      throw new UsageError(
        `'--${values.from ? 'from' : 'cluster'}' belongs to k8s: podwright import k8s --${values.from ? 'from FILE' : 'cluster'}`,
      );
    if (word === undefined && values.name !== undefined)
      throw new UsageError("'--name' names what is imported; expected k8s, a file or a URL before it");
    try {
      const imported = k8s
        ? await importK8s(word as string, others, values, context)
        : word === undefined
          ? again(folder, context)
          : await importCrds(words, values.name, context);
      for (const note of imported.notes) context.stderr.write(`${note}\n`);
      return values.check ? check(folder, imported.files, context) : write(folder, imported.files, context);
    } catch (error) {
      if (error instanceof SourceError) throw new CommandError(error.message, { cause: error });
      throw error;
    }
  },
};

interface K8sOptions {
  readonly from?: readonly string[] | undefined;
  readonly cluster?: boolean | undefined;
  readonly name?: string | undefined;
}

async function importK8s(
  word: string,
  others: readonly string[],
  { from, cluster, name = 'k8s' }: K8sOptions,
  context: CommandContext,
): Promise<Imported> {
  if (others.length > 0)
    throw new UsageError(`unexpected word '${others[0]}' after ${word}; import it by a call of its own`);
  if (from && cluster) throw new UsageError("'--from' and '--cluster' are two sources; expected one of them");
  if (word === 'k8s' && !from && !cluster) return { files: shippedImport(name), notes: [] };
  if (word !== 'k8s') {
    const version = word.slice('k8s@'.length);
    const given = from ? '--from' : cluster ? '--cluster' : undefined;
    if (given) throw new UsageError(`'${given}' says which version it is; expected k8s without @${version}`);
    if (!isVersion(version)) throw new UsageError(unknownVersion(version));
    return { files: keptImport(version, name), notes: [] };
  }
  const documents: unknown[] = [];
  for (const source of from ?? []) documents.push(parseJson(await readSource(source, context.cwd), source));
  if (cluster) documents.push(parseJson(await readCluster(context.env), 'kubectl get --raw /openapi/v2'));
  const found = readOpenApi(documents);
  if (typeof found === 'string') throw new SourceError(`${from?.join(', ') ?? 'the cluster'}: ${found}`);
  const { api, skipped } = found;
  const notes =
    skipped.length === 0
      ? []
      : [`left out ${some(skipped)}: import their CustomResourceDefinitions, from a file (kubectl get crd -o yaml)`];
  return { files: openApiImport(api, name), notes };
}

function unknownVersion(version: string): string {
  const minor = /^v?(\d+\.\d+)/.exec(version)?.[1];
  const near = minor && isVersion(minor) ? `; did you mean k8s@${minor}?` : '';
  return `unknown Kubernetes version '${version}'; expected ${VERSIONS[0]} to ${NEWEST}, or k8s with --from or --cluster${near}`;
}

function parseJson(text: string, label: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SourceError(`${label}: expected an OpenAPI document in JSON: ${(error as Error).message}`);
  }
}

async function importCrds(
  sources: readonly string[],
  name: string | undefined,
  context: CommandContext,
): Promise<Imported> {
  const named = new Map<string, string[]>();
  for (const source of sources) {
    const own = name ?? nameOf(source);
    const before = named.get(own);
    if (before && name === undefined)
      throw new UsageError(
        `${before[0]} and ${source} would both be ${own}.ts; import each with a --name, or both with one`,
      );
    named.set(own, [...(before ?? []), source]);
  }
  const files: ImportFile[] = [];
  const notes: string[] = [];
  const problems: string[] = [];
  for (const [own, group] of named) {
    if (own === '' || own === 'k8s')
      throw new UsageError(`${group[0]} would be ${own || 'a file without a name'}${own && '.ts'}; give it a --name`);
    const texts: CrdText[] = [];
    for (const source of group) {
      try {
        texts.push({ label: source, text: await readSource(source, context.cwd) });
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        problems.push(error.message);
      }
    }
    if (texts.length < group.length) continue;
    const found = readCrds(texts);
    problems.push(...found.problems);
    if (found.skipped.length > 0)
      notes.push(`skipped what is no served CustomResourceDefinition: ${some(found.skipped)}`);
    if (found.crds.length > 0) files.push(...crdImport(found.crds, group.map(sourceName).join(' '), own));
    else if (found.problems.length === 0)
      problems.push(
        `${group.join(', ')}: expected CustomResourceDefinitions of apiextensions.k8s.io/v1, found ${found.skipped.length === 0 ? 'no object' : some(found.skipped)}`,
      );
  }
  if (problems.length > 0) throw new SourceError(problems.join('\n'));
  return { files, notes };
}

/** A source in words that are true on any machine. */
function sourceName(source: string): string {
  return isUrl(source) ? source : (source.split(/[\\/]/).pop() as string);
}

/** The first few of a list, and how many more there are. */
function some(list: readonly string[]): string {
  const rest = list.length - 8;
  return rest > 1 ? `${list.slice(0, 8).join(', ')} and ${rest} more` : list.join(', ');
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
  if (own.length > 0)
    throw new CommandError(
      own
        .map(({ name }) => `${shown(name)} is not a generated file; move it, or give the import another --name`)
        .join('\n'),
    );
  for (const file of files) {
    const current = isCurrent(folder, file);
    if (!current) writeImport(folder, file);
    const kinds = file.kinds === undefined ? '' : ` (${file.kinds} ${file.kinds === 1 ? 'class' : 'classes'})`;
    context.stdout.write(`${current ? 'unchanged' : 'wrote'} ${shown(file.name)}${kinds}\n`);
  }
  return EXIT.fine;
}

function check(folder: string, files: readonly ImportFile[], context: CommandContext): number {
  const stale = files.filter((file) => !isCurrent(folder, file));
  for (const { name } of stale) context.stdout.write(`${relative(context.cwd, join(folder, name))} is not current\n`);
  if (stale.length > 0) return EXIT.finding;
  context.stdout.write(`${files.length} ${files.length === 1 ? 'file is' : 'files are'} current\n`);
  return EXIT.fine;
}
