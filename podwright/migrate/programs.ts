// Divides objects into programs: in one program each object is made once.
import { basename, dirname } from 'node:path';
import { identityKey } from '../api/identity';
import { by } from './groups';
import { dashed, unique } from './names';
import type { Source } from './sources';

/** The objects of one program. */
export interface ProgramSources {
  /** The folder of the program below that of the migration; '' where there is one program. */
  readonly name: string;
  readonly sources: readonly Source[];
}

/**
 * As few programs as there must be. What is in one folder stays together where it can, then what is in one file: two
 * folders that say the same objects are two environments.
 */
export function divide(sources: readonly Source[]): ProgramSources[] {
  const programs: { keys: Set<string>; sources: Source[] }[] = [];
  const add = (group: readonly Source[], splits: readonly ((source: Source) => string)[]): void => {
    const keys = group.flatMap((source) => (isNamed(source) ? [identityKey(source.object)] : []));
    const [split, ...rest] = splits;
    if (split && new Set(keys).size < keys.length) {
      for (const part of by(group, split)) add(part, rest);
      return;
    }
    let program = programs.find((each) => !keys.some((key) => each.keys.has(key)));
    if (!program) {
      program = { keys: new Set(), sources: [] };
      programs.push(program);
    }
    for (const key of keys) program.keys.add(key);
    program.sources.push(...group);
  };
  let count = 0;
  for (const folder of by(sources, ({ file }) => dirname(file))) {
    add(folder, [({ file }) => file, ({ document }) => String(document), () => String(count++)]);
  }
  if (programs.length < 2) return programs.map((program) => ({ name: '', sources: program.sources }));
  const taken = new Set<string>();
  return programs.map((program) => ({
    name: unique(nameFor(program.sources, sources) || 'program', taken),
    sources: program.sources,
  }));
}

function isNamed({ object }: Source): boolean {
  return object.metadata.name !== undefined;
}

/** By the folder that is this program's alone, or by its file. */
function nameFor(own: readonly Source[], all: readonly Source[]): string {
  const others = new Set(all.filter((source) => !own.includes(source)).map(({ file }) => dirname(file)));
  const folders = [...new Set(own.map(({ file }) => dirname(file)))].filter((folder) => !others.has(folder));
  if (folders.length > 0) return dashed(basename(folders.at(-1) as string));
  const files = new Set(own.map(({ file }) => file));
  const [file = ''] = files;
  return files.size === 1 ? dashed(basename(file).replace(/\..*$/, '')) : 'program';
}
