import type { Change, Scalar } from './recorder';

/** A change of a site that is known again where it arrives. */
export interface Probe {
  readonly change: Change;
  /** Whether what was `before` is `after` because of it. */
  shows(before: string | undefined, after: string | undefined): boolean;
}

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
    const delta = mark + 1;
    const results = [...values].map((one) => String(Number(one) + delta));
    return {
      change: (given) => (typeof given === 'number' ? given + delta : given),
      shows: (before, after) =>
        before !== after &&
        results.some((result) => after === result || (/\D/.test(after ?? '') && includes(after, result, before))),
    };
  }
  const suffix = `x${String.fromCharCode(97 + (Math.floor(mark / 26) % 26), 97 + (mark % 26))}x`;
  return {
    change: (given) => (typeof given === 'string' ? given + suffix : given),
    shows: (before, after) => before !== after && after?.includes(suffix) === true,
  };
}

function includes(text: string | undefined, part: string, before: string | undefined): boolean {
  return text?.includes(part) === true && before?.includes(part) !== true;
}

/** Values that nothing is wrong with in most places: what a faulty one is changed to, to see whether that mends it. */
export function harmless(value: Scalar | undefined): Change {
  return (given) => {
    if (typeof given === 'number') return 1;
    if (typeof given !== 'string') return given;
    return /^\d+$/.test(String(value)) ? '1' : 'zq';
  };
}
