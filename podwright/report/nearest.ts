/**
 * The one of `candidates` that `word` was most likely meant to be, for a "did you mean".
 *
 * @param letters how many of them may have to change, whatever their case @default - a third
 * @returns undefined when none is close
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
  letters = Math.floor(Math.max(word.length, 3) / 3),
): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = letters + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const cost = distance(wanted, candidate.toLowerCase());
    if (cost < least) {
      best = candidate;
      least = cost;
    }
  }
  return best;
}

/** Optimal string alignment: letters added, left out, changed, or swapped with their neighbour, each counted once. */
function distance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
