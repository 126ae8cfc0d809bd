import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { currentRun, RUN_LABEL } from './run';

// biome-ignore lint/suspicious/noExplicitAny: a manifest's shape is its kind's.
export type Manifest = any;

/** The objects of a YAML stream. */
export function parse(yaml: string): Manifest[] {
  return parseAllDocuments(yaml).map((document) => document.toJS());
}

/** The objects of one file of dist, as synthesized for this run; `file` is relative to the run's folder. */
export function manifests(file: string): Manifest[] {
  return parse(readFileSync(join(currentRun().folder, file), 'utf8'));
}

/** The one object of a kind in a file of dist. */
export function manifest(file: string, kind: string): Manifest {
  const found = manifests(file).filter((object) => object.kind === kind);
  if (found.length !== 1) throw new Error(`expected one ${kind} in ${file}, got ${found.length}`);
  return found[0];
}

/**
 * A file's twin with one fault, written beside dist: what a check has to fail on.
 * @returns the twin's path, relative to the run's folder.
 * @throws when the change changes nothing.
 */
export function twin(file: string, fault: string, change: (objects: Manifest[]) => void): string {
  const objects = manifests(file);
  change(objects);
  if (textOf(objects) === textOf(manifests(file))) {
    throw new Error(`the fault '${fault}' changes nothing in ${file}`);
  }
  return write('twins', `${fault}.k8s.yaml`, objects);
}

/** The namespace of the program's Team, which its other charts are in. */
export const PROGRAM_NAMESPACE = 'ml';

/**
 * A file of dist, or a twin, as it is in another namespace than the program's own. A Namespace in it carries the label
 * of the run, and so goes with it.
 * @returns the copy's path, relative to the run's folder.
 */
export function moved(file: string, namespace: string): string {
  const objects = manifests(file);
  for (const { kind, metadata } of objects) {
    if (metadata.namespace === PROGRAM_NAMESPACE) metadata.namespace = namespace;
    if (kind !== 'Namespace' || metadata.name !== PROGRAM_NAMESPACE) continue;
    metadata.name = namespace;
    metadata.labels = { ...metadata.labels, [RUN_LABEL]: currentRun().id };
  }
  return write(join('moved', namespace), basename(file), objects);
}

/** The files of dist, relative to the run's folder, in the order that kubectl takes them. */
export function dist(): string[] {
  const files = readdirSync(join(currentRun().folder, 'dist')).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((name) => join('dist', name));
}

function write(folder: string, name: string, objects: readonly Manifest[]): string {
  const run = currentRun().folder;
  mkdirSync(join(run, folder), { recursive: true });
  writeFileSync(join(run, folder, name), textOf(objects), { flag: 'wx' });
  return join(folder, name);
}

function textOf(objects: readonly Manifest[]): string {
  return objects.map((object) => stringify(object)).join('---\n');
}
