import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isCrd } from '../api/crd-object';
import { CRDS_SUFFIX, type Crd, keptCrdsIn, keptCrdsOf } from '../api/crds';
import { readManifests } from '../api/manifests/read';
import { definitionOf } from '../rules/custom-resources/definition';
import { CommandError } from './command';

/**
 * The definitions in a file or folder: CustomResourceDefinitions as their projects publish them, and those that
 * `podwright import` keeps.
 *
 * @throws CommandError for a path that is not there, for what cannot be read, and where there is no definition
 */
export function crdsIn(path: string, cwd: string): readonly Crd[] {
  const full = resolve(cwd, path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (!stat) throw new CommandError(`option '--crds': ${path} is not there; expected a file or a folder`);
  const kept = undamaged(() =>
    path.endsWith(CRDS_SUFFIX) ? keptCrdsOf(full) : stat.isDirectory() ? keptCrdsIn(full) : [],
  );
  const crds = path.endsWith(CRDS_SUFFIX) ? kept : [...kept, ...publishedIn(path, cwd)];
  if (crds.length === 0) throw new CommandError(`option '--crds': ${path} has no CustomResourceDefinition`);
  return crds;
}

/**
 * The definitions that the imports of the program in a folder keep; none where it has no imports.
 *
 * @throws CommandError for a file that is damaged
 */
export function importedCrds(cwd: string): readonly Crd[] {
  return undamaged(() => keptCrdsIn(join(cwd, 'imports')));
}

function undamaged(read: () => readonly Crd[]): readonly Crd[] {
  try {
    return read();
  } catch (error) {
    throw error instanceof SyntaxError ? new CommandError(error.message) : error;
  }
}

function publishedIn(path: string, cwd: string): Crd[] {
  const { objects, unreadable } = readManifests([path], cwd);
  const fault = unreadable.find(({ part }) => !part.file.endsWith(CRDS_SUFFIX));
  if (fault) throw new CommandError(`${fault.part.file}:${fault.line}: ${fault.message}`);
  return objects.flatMap(({ object, part }) => {
    if (!isCrd(object)) return [];
    const crd = definitionOf(object);
    if (typeof crd === 'string') throw new CommandError(`${part.file}:${part.line}: ${crd}`);
    return [crd];
  });
}
