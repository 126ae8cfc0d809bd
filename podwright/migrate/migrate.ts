// From objects that were read to programs that say them, with the proof that they do.
import type { Manifests } from '../api/manifests/read';
import { importsOf } from './crds';
import type { Item } from './item';
import { Kinds } from './kinds';
import { nameOf } from './path';
import { type MigratedProgram, makeProgram } from './program';
import { divide } from './programs';
import { withoutOwnedReplicas } from './replicas';
import { type OutsideSecret, outsideSecret } from './secrets';
import { type Fault, type Skipped, type Source, sourcesOf } from './sources';

/** What a class did not take, and so is said without types. */
export interface Untyped {
  readonly name: string;
  /** The pointer to what the class does not take. @default - there is no class for the kind */
  readonly pointer?: string;
}

/** A program with its place. */
export interface PlacedProgram extends MigratedProgram {
  /** Its folder below that of the migration; '' where there is one program. */
  readonly name: string;
}

/** What a migration made. */
export interface Migration {
  readonly programs: readonly PlacedProgram[];
  readonly faults: readonly Fault[];
  readonly skipped: readonly Skipped[];
  readonly secrets: readonly OutsideSecret[];
  readonly untyped: readonly Untyped[];
  /** The kinds of custom resources that were imported, by the name of the import. */
  readonly imported: ReadonlyMap<string, readonly string[]>;
  /** What servers had set, and in how many objects. */
  readonly dropped: ReadonlyMap<string, number>;
  /** How many objects were read from a cluster: defaults are left out of them. */
  readonly live: number;
}

/**
 * Makes programs of objects.
 *
 * @param onFiles is told of a program's files before they are proven: another process may check their types meanwhile
 */
export function migrate(
  manifests: Manifests,
  onFiles: (files: ReadonlyMap<string, string>) => void = () => {},
): Migration {
  const { sources, skipped, definitions, faults } = sourcesOf(manifests.objects);
  const { imports, files, faults: crdFaults } = importsOf(definitions, new Set(sources.map(({ file }) => file)));
  const kinds = new Kinds(imports);
  const importTexts = new Map(files.map(({ name, text }) => [`imports/${name}`, text]));
  const divided = divide(sources);
  const dropped: Source[] = [];
  const programs = divided.flatMap(({ name, sources: own }): PlacedProgram[] => {
    const secrets = own.flatMap((source) => outsideSecret(source) ?? []);
    const objects = withoutOwnedReplicas(own.filter((source) => !outsideSecret(source)));
    dropped.push(...objects);
    if (objects.length === 0) return [];
    const parts = { sources: objects, secrets, kinds, imports: importTexts, takesAll: divided.length === 1 };
    return [{ name, ...makeProgram(parts, onFiles) }];
  });
  // Definitions alone make a program without charts.
  if (divided.length === 0 && importTexts.size > 0) {
    const parts = { sources: [], secrets: [], kinds, imports: importTexts, takesAll: true };
    programs.push({ name: '', ...makeProgram(parts, onFiles) });
  }
  return {
    programs,
    faults: [
      ...manifests.unreadable.map(({ part, line, column, message }) => ({ file: part.file, line, column, message })),
      ...faults,
      ...crdFaults,
    ],
    skipped: [
      ...skipped,
      ...manifests.encrypted.map(({ file, line }) => ({ name: `${file}:${line}`, reason: 'SOPS has encrypted it' })),
    ],
    secrets: sources.flatMap((source) => outsideSecret(source) ?? []),
    untyped: programs.flatMap(({ items }) => items.flatMap(untypedOf)),
    imported: new Map(imports.map(({ name, crds }) => [name, crds.map(({ kind }) => kind)])),
    dropped: countDropped(dropped),
    live: sources.filter(({ isLive }) => isLive).length,
  };
}

function untypedOf({ className, made, misfit }: Item): Untyped[] {
  const [first] = made;
  if (className !== 'ApiObject' || !first) return [];
  return [{ name: nameOf(first.object), ...(misfit !== undefined && { pointer: misfit }) }];
}

function countDropped(sources: readonly Source[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { dropped } of sources) {
    // The same field of several items is one.
    for (const pointer of new Set(dropped.map((each) => each.replace(/\/\d+(?=\/|$)/g, '/*')))) {
      counts.set(pointer, (counts.get(pointer) ?? 0) + 1);
    }
  }
  return counts;
}
