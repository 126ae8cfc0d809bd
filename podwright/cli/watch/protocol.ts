import { statSync } from 'node:fs';

/** What a run that is watched tells the watcher, a line of JSON each, over a pipe of its own. */
export type Message =
  /** It waits for the word to begin. */
  | { readonly kind: 'ready' }
  /** It read a path, or asked for it, when it was in this state; see {@link stateOf}. */
  | { readonly kind: 'asked'; readonly path: string; readonly listed: boolean; readonly state: string }
  /** It wrote a path: what it reads of its own making is no reason to run again. */
  | { readonly kind: 'wrote'; readonly path: string }
  /** A folder that it writes manifests to: what is in it is no reason either. */
  | { readonly kind: 'outdir'; readonly path: string }
  /** It has ended. */
  | { readonly kind: 'done' }
  /** It was prepared for a program that is another by now; it did nothing, and another run is to begin. */
  | { readonly kind: 'stale' };

/** The descriptor of the pipe in the process that runs the program. */
export const PIPE = 3;

/** A text that is another once a path has been written, made or removed; of a folder also when its entries are. */
export function stateOf(path: string, listed: boolean): string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return '';
    if (stats.isDirectory() && !listed) return 'folder';
    return [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino].join(' ');
  } catch {
    return '';
  }
}
