/** One path that has to come before another. */
export interface Precedence {
  readonly earlier: string;
  readonly later: string;
}

/** New names for paths, and what no names can bring about. */
export interface ApplyOrder {
  /** Each path as it is to be; the same one where nothing has to change. */
  readonly renamed: ReadonlyMap<string, string>;
  /** What cannot be: each of the two has to come before the other. */
  readonly impossible: readonly Precedence[];
}

/**
 * Names by which `kubectl apply -R -f dist` meets files in an order that works. It goes through a folder by the names in
 * it; so a file that others need, and that would come after them, gets '0-' before its name, once or more.
 */
export function applyOrder(paths: readonly string[], precedences: readonly Precedence[]): ApplyOrder {
  // How often each name, with the folders above it, gets its '0-'.
  const levels = new Map<string, number>();
  const impossible: Precedence[] = [];
  const pairs = precedences.flatMap((precedence) => siblings(precedence) ?? []);
  const limit = new Set(pairs.flatMap(({ earlier, later }) => [earlier, later])).size + 2;
  for (let changed = true; changed; ) {
    changed = false;
    for (const { earlier, later, precedence } of pairs) {
      const [level, below] = [levels.get(earlier) ?? 0, levels.get(later) ?? 0];
      if (level > limit || below > limit || nameOf(earlier, level) < nameOf(later, below)) continue;
      // Names that begin with digits may ask for more than one level above.
      const raised = Math.max(level, below) + 1;
      levels.set(earlier, raised);
      changed = true;
      if (raised > limit) impossible.push(precedence);
    }
  }
  if (impossible.length > 0) {
    // Without what cannot be, the others still can.
    const possible = precedences.filter((precedence) => !impossible.includes(precedence));
    const rest = applyOrder(paths, possible);
    return { renamed: rest.renamed, impossible: [...impossible, ...rest.impossible] };
  }
  const rename = (path: string) => {
    const parts = path.split('/');
    return parts.map((_, at) => {
      const above = parts.slice(0, at + 1).join('/');
      return nameOf(above, levels.get(above) ?? 0);
    });
  };
  return { renamed: new Map(paths.map((path) => [path, rename(path).join('/')])), impossible };
}

/** Where the two part: two names in one folder, each with the path to it. Undefined for one path. */
function siblings(precedence: Precedence): (Precedence & { precedence: Precedence }) | undefined {
  const [earlier, later] = [precedence.earlier.split('/'), precedence.later.split('/')];
  const at = earlier.findIndex((part, index) => part !== later[index]);
  if (at < 0) return undefined;
  return { earlier: earlier.slice(0, at + 1).join('/'), later: later.slice(0, at + 1).join('/'), precedence };
}

function nameOf(path: string, level: number): string {
  return '0-'.repeat(level) + path.slice(path.lastIndexOf('/') + 1);
}
