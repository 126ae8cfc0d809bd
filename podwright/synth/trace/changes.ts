import type { Change, Scalar } from './recorder';

/** A change of a site that is known again where it arrives. */
export interface Probe {
  readonly change: Change;
  /** Whether what was `before` is `after` because of it. */
  shows(before: string | undefined, after: string | undefined): boolean;
}

/** How many sites can be told from each other in one run. */
export const MOST = 16;

/** The changes of one site that are tried, `mark` in each telling it from the other sites of a run. */
export function probeOf(values: ReadonlySet<Scalar>, mark: number): Probe {
  const [value] = values;
  if (typeof value === 'boolean') {
    return {
      change: (given) => (typeof given === 'boolean' ? !given : given),
      // A boolean carries no mark: it is a cause when nothing else was changed.
      shows: () => false,
    };
  }
  if (typeof value === 'number') {
    // None is the sum of others, which add up where several sites are on one value's way.
    const delta = MOST + 1 + mark;
    const results = [...values].map((one) => new RegExp(`(?<![\\d.-])${Number(one) + delta}(?![\\d.])`));
    return {
      change: (given) => (typeof given === 'number' ? given + delta : given),
      // Where it arrives as a number it is that much more; in a text it stands by itself.
      shows: (before = '', after = '') =>
        Number.isFinite(Number(after))
          ? Number(after) - Number(before) === delta
          : results.some((result) => result.test(after) && !result.test(before)),
    };
  }
  const suffix = `x${String.fromCharCode(97 + (Math.floor(mark / 26) % 26), 97 + (mark % 26))}x`;
  return {
    change: (given) => (typeof given === 'string' ? given + suffix : given),
    shows: (before, after) => before !== after && after?.includes(suffix) === true,
  };
}

/** Values that nothing is wrong with in most places: what a faulty one is changed to, to see whether that mends it. */
export function harmless(value: Scalar | undefined): Change {
  return (given) => {
    if (typeof given === 'number') return 1;
    if (typeof given !== 'string') return given;
    return /^\d+$/.test(String(value)) ? '1' : 'zq';
  };
}
