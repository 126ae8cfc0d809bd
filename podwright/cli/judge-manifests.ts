// Judges manifests of files, each finding at its line there.
import { resolve } from 'node:path';
import { stepsOf } from '../api/json-pointer';
import { NoManifests } from '../api/manifests/files';
import type { Part } from '../api/manifests/parts';
import { Places } from '../api/manifests/places';
import { type Manifests, type ReadObject, readManifests, type Unreadable } from '../api/manifests/read';
import { WrittenEnvironments } from '../gitops/manifests/environments';
import { type CheckReport, inReadingOrder, type LocatedFinding } from '../report/located';
import { type CheckAllOptions, checkAll } from '../rules/families';
import { CommandError } from './command';
import { inEnvironment } from './environment-option';

/** Options of {@link judgeManifests}. */
export interface JudgeManifestsOptions extends CheckAllOptions {
  /** The environment that is judged alone. @default - each is, and what is in none */
  readonly environment?: string;
}

/**
 * Judges the manifests that words name: files, folders and `-`; those of each environment that a synthesis wrote by
 * themselves. What is not among them may be in the cluster all the same, unless the options say that all is there.
 *
 * @throws CommandError for a path that is not there, and for an environment that none of them is in
 */
export function judgeManifests(
  words: readonly string[],
  cwd: string,
  { environment, ...options }: JudgeManifestsOptions,
): CheckReport {
  const { objects, unreadable, encrypted } = readGiven(words, cwd);
  const written = new WrittenEnvironments();
  const of = (file: string) => (file === '-' ? undefined : written.of(resolve(cwd, file)));
  const parts: Pick<Part, 'file'>[] = [...[...objects, ...unreadable].map(({ part }) => part), ...encrypted];
  const names = parts.flatMap(({ file }) => of(file)?.name ?? []);
  const isIn = inEnvironment(environment, names, 'what is checked is in none');
  const isWanted = ({ part }: { readonly part: Pick<Part, 'file'> }) => isIn({ environment: of(part.file)?.name });
  const clusters = clustersOf(objects.filter(isWanted), ({ part }) => of(part.file)?.folder);
  return judgeClusters(clusters.values(), unreadable.filter(isWanted), options);
}

/** Objects by the cluster that they are for. */
export function clustersOf(
  objects: readonly ReadObject[],
  clusterOf: (object: ReadObject) => string | undefined,
): ReadonlyMap<string | undefined, readonly ReadObject[]> {
  const clusters = new Map<string | undefined, ReadObject[]>();
  for (const object of objects) {
    const cluster = clusterOf(object);
    const others = clusters.get(cluster);
    if (others) others.push(object);
    else clusters.set(cluster, [object]);
  }
  return clusters;
}

/** Judges the objects of each cluster by themselves. */
export function judgeClusters(
  clusters: Iterable<readonly ReadObject[]>,
  unread: readonly Unreadable[],
  options: CheckAllOptions,
): CheckReport {
  const all = [...clusters];
  const found = all.flatMap((read) => {
    const objects = read.map(({ object }) => object);
    return located(checkAll(objects, { ...options, complete: options.complete ?? false }), read);
  });
  const objects = all.reduce((count, { length }) => count + length, 0);
  return { objects, findings: inReadingOrder([...unread.map(unreadable), ...found]), describe };
}

/** Loaded when a format asks for it. */
function describe(id: string): string | undefined {
  const { textOf } = require('../rules/known') as typeof import('../rules/known');
  return textOf(id)?.summary;
}

/** Reads the manifests that words name. @throws CommandError for a path that is not there */
export function readGiven(words: readonly string[], cwd: string): Manifests {
  try {
    return readManifests(words, cwd);
  } catch (error) {
    throw error instanceof NoManifests ? new CommandError(error.message) : error;
  }
}

function unreadable({ part: { file, document }, message, line, column }: Unreadable): LocatedFinding {
  return {
    ruleId: 'check/read',
    severity: 'error',
    pointer: '',
    message,
    source: { file, line, column },
    file,
    document,
    line,
    column,
  };
}

function located(found: ReturnType<typeof checkAll>, objects: readonly ReadObject[]): LocatedFinding[] {
  const places = new Places();
  const reported: LocatedFinding[] = [];
  for (const { index, ...finding } of found) {
    const read = objects[index];
    if (!read) continue;
    const { part, steps } = read;
    const { file, document } = part;
    const own = stepsOf(finding.pointer);
    const { line, column } = places.of(part, steps.length === 0 ? own : [...steps, ...own]);
    const pointer = steps.length === 0 ? finding.pointer : `/${steps.join('/')}${finding.pointer}`;
    reported.push({ ...finding, pointer, source: { file, line, column }, file, document, line, column });
  }
  return reported;
}
