import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { currentRun } from './run';

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
  const [text, original] = [objects, manifests(file)].map((each) =>
    each.map((object) => stringify(object)).join('---\n'),
  );
  if (text === original) throw new Error(`the fault '${fault}' changes nothing in ${file}`);
  const path = join('twins', `${fault}.k8s.yaml`);
  const { folder } = currentRun();
  mkdirSync(join(folder, 'twins'), { recursive: true });
  writeFileSync(join(folder, path), text ?? '', { flag: 'wx' });
  return path;
}
