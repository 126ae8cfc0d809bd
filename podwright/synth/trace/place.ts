import { relative, sep } from 'node:path';
import type { SourcePlace } from '../../report/finding';
import type { Literal, Site, Sites } from './sites';
import type { Quest, Target } from './target';

/** The site that causes what a target is; undefined where none is known. */
export type Causes = (target: Target) => number | undefined;

/** Where a site's property is, or the site itself where it is in none. */
export function siteOf({ file, line, column, property }: Site): SourcePlace {
  return { file, line: property?.line ?? line, column: property?.column ?? column };
}

/**
 * The place of what is missing or is wrong as a whole: in the object literal that most of what is around it comes from,
 * the property of its name, else that literal's beginning.
 */
export function placeAround({ around, key }: Quest, causes: Causes, sites: Sites): SourcePlace | undefined {
  const counts = new Map<Literal, number>();
  for (const target of around) {
    const cause = causes(target);
    const object = cause === undefined ? undefined : sites.all[cause]?.object;
    if (object) counts.set(object, (counts.get(object) ?? 0) + 1);
  }
  // The first of those that have most.
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  if (!best) return undefined;
  const [literal] = best;
  const { line, column } = (key !== undefined && literal.keys.get(key)) || literal;
  return { file: literal.file, line, column };
}

/** A place as it is printed: its file from the folder of the call, with slashes; as it is where it is outside of that. */
export function shortened({ file, line, column }: SourcePlace, cwd: string): SourcePlace {
  const short = relative(cwd, file);
  return { file: short.startsWith('..') ? file : short.split(sep).join('/'), line, column };
}
