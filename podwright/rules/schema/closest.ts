/** The name that was probably meant, if one is near enough: other capitals, or one or two letters off. */
export function closest(given: string, names: Iterable<string>): string | undefined {
  const most = given.length < 4 ? 1 : 2;
  let best: string | undefined;
  let distance = most + 1;
  for (const name of names) {
    if (name.toLowerCase() === given.toLowerCase()) return name;
    if (Math.abs(name.length - given.length) > most) continue;
    const edits = editDistance(given.toLowerCase(), name.toLowerCase());
    if (edits < distance) [best, distance] = [name, edits];
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min((row[j - 1] as number) + 1, (last[j] as number) + 1, (last[j - 1] as number) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (beforeLast[j - 2] as number) + 1);
      }
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}
