// Imports made from what is outside of the program: files, URLs, a cluster.
import { crdImport, type ImportFile, openApiImport } from './imports';
import { readOpenApi } from './openapi-document';
import { type CrdText, readCrds } from './read-crds';
import { isUrl, readCluster, readSource, SourceError } from './sources';

/** The files of an import, and what is to be said of what it left out. */
export interface Imported {
  readonly files: readonly ImportFile[];
  readonly notes: readonly string[];
}

/**
 * The types of the API of OpenAPI documents.
 *
 * @param cwd the folder that files are relative to
 * @throws SourceError when one cannot be read, or is no such document
 */
export async function importDocuments(sources: readonly string[], name: string, cwd: string): Promise<Imported> {
  const texts = await Promise.all(sources.map(async (source) => ({ source, text: await readSource(source, cwd) })));
  return importApi(
    texts.map(({ source, text }) => parseJson(text, source)),
    sources.join(', '),
    name,
  );
}

/**
 * The types of the API of the cluster that kubectl is set to.
 *
 * @throws SourceError when it does not answer
 */
export async function importCluster(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): Promise<Imported> {
  return importApi([parseJson(await readCluster(env), 'kubectl get --raw /openapi/v2')], 'the cluster', name);
}

function parseJson(text: string, label: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SourceError(`${label}: expected an OpenAPI document in JSON: ${(cause as Error).message}`, { cause });
  }
}

function importApi(documents: readonly unknown[], label: string, name: string): Imported {
  const found = readOpenApi(documents);
  if (typeof found === 'string') throw new SourceError(`${label}: ${found}`);
  const { api, skipped } = found;
  const notes = `left out ${some(skipped)}: import their CustomResourceDefinitions, from a file (kubectl get crd -o yaml)`;
  return { files: openApiImport(api, name), notes: skipped.length === 0 ? [] : [notes] };
}

/**
 * The types of the CRDs of files and URLs.
 *
 * @param named the sources by the name of the import that they are to be, together
 * @param cwd the folder that files are relative to
 * @throws SourceError with all that is wrong with any of the sources
 */
export async function importCrds(named: ReadonlyMap<string, readonly string[]>, cwd: string): Promise<Imported> {
  const files: ImportFile[] = [];
  const notes: string[] = [];
  const problems: string[] = [];
  for (const [name, sources] of named) {
    const texts = await readAll(sources, cwd, problems);
    if (texts.length < sources.length) continue;
    const { crds, skipped, problems: faults } = readCrds(texts);
    problems.push(...faults);
    if (skipped.length > 0) notes.push(`skipped what is no served CustomResourceDefinition: ${some(skipped)}`);
    if (crds.length > 0) files.push(...crdImport(crds, sources.map(sourceName).join(' '), name));
    else if (faults.length === 0)
      problems.push(
        `${sources.join(', ')}: expected CustomResourceDefinitions of apiextensions.k8s.io/v1, found ${some(skipped) || 'no object'}`,
      );
  }
  if (problems.length > 0) throw new SourceError(problems.join('\n'));
  return { files, notes };
}

/** The texts of the sources that can be read; why others can't is added to the problems. */
async function readAll(sources: readonly string[], cwd: string, problems: string[]): Promise<CrdText[]> {
  const texts: CrdText[] = [];
  for (const source of sources) {
    try {
      texts.push({ label: source, text: await readSource(source, cwd) });
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      problems.push(error.message);
    }
  }
  return texts;
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
