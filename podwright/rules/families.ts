// All families of rules over a set of objects.
import type { Finding } from '../report/finding';
import { type CheckOptions, checkObjects, DEFAULT_TARGETS } from './index';

/** The families of rules; `api` is what the API server refuses. */
export const FAMILIES = ['api'] as const;

/** See {@link FAMILIES}. */
export type Family = (typeof FAMILIES)[number];

/** Options of {@link checkAll}. */
export interface CheckAllOptions extends CheckOptions {
  /** The families that judge. @default - every one */
  readonly families?: readonly Family[];
}

/** What is found by every family; the finding's `index` is the number of its object among those given. */
export interface IndexedFinding extends Finding {
  readonly index: number;
}

/** Judges objects by all families, or by those that are named; in the order of the objects, then of the families. */
export function checkAll(objects: readonly object[], options: CheckAllOptions = {}): IndexedFinding[] {
  const families = new Set<string>(options.families ?? FAMILIES);
  const targets = options.targets ?? DEFAULT_TARGETS;
  const found: IndexedFinding[] = [];
  if (families.has('api') && checkObjects(objects, { targets }).length > 0) {
    objects.forEach((object, index) => {
      for (const finding of checkObjects([object], { targets })) found.push({ ...finding, index });
    });
  }
  return found.sort((a, b) => a.index - b.index);
}
