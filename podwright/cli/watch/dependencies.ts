import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { stateOf } from './protocol';

/** A path that a run has asked for, and its state then. */
interface Asked {
  readonly listed: boolean;
  readonly state: string;
}

/** How often the paths are looked at where the file system tells of no change, as those of networks do. */
const POLL = 1000;

/** The paths that a program's last run has asked for, and which of them have changed since. */
export class Dependencies {
  private asked = new Map<string, Asked>();
  private readonly watchers = new Map<string, FSWatcher | undefined>();
  private readonly poll: NodeJS.Timeout;

  /** @param look is called when something may have changed */
  constructor(private readonly look: () => void) {
    this.poll = setInterval(look, POLL);
  }

  get size(): number {
    return [...this.asked.values()].filter(({ state, listed }) => state !== '' && state !== 'folder' && !listed).length;
  }

  /** A run that begins asks anew; until it has ended, what the one before has asked for counts too. */
  ask(path: string, listed: boolean, state: string): void {
    if (listed || !this.asked.get(path)?.listed) this.asked.set(path, { listed, state });
    this.watchFolder(existsSync(dirname(path)) ? dirname(path) : nearest(path));
    if (listed) this.watchFolder(path);
  }

  forget(isForgotten: (path: string) => boolean): void {
    for (const path of this.asked.keys()) if (isForgotten(path)) this.asked.delete(path);
  }

  /** Only these paths are asked for any more. */
  keepOnly(paths: ReadonlySet<string>): void {
    this.forget((path) => !paths.has(path));
    const needed = new Set<string>();
    for (const [path, { listed }] of this.asked) {
      needed.add(existsSync(dirname(path)) ? dirname(path) : nearest(path));
      if (listed) needed.add(path);
    }
    for (const [folder, watcher] of this.watchers) {
      if (needed.has(folder)) continue;
      watcher?.close();
      this.watchers.delete(folder);
    }
  }

  /** The paths that are not as they were when they were asked for. */
  changed(): string[] {
    return [...this.asked].filter(([path, { listed, state }]) => stateOf(path, listed) !== state).map(([path]) => path);
  }

  /** From now on these paths are taken to be as they are. */
  accept(paths: readonly string[]): void {
    for (const path of paths) {
      const { listed = false } = this.asked.get(path) ?? {};
      this.asked.set(path, { listed, state: stateOf(path, listed) });
    }
  }

  close(): void {
    clearInterval(this.poll);
    for (const watcher of this.watchers.values()) watcher?.close();
  }

  /** Folders are watched, not files: an editor that saves by a rename puts another file in the place. */
  private watchFolder(folder: string): void {
    if (this.watchers.has(folder)) return;
    let watcher: FSWatcher | undefined;
    try {
      watcher = watch(folder, { persistent: false }, this.look);
      watcher.on('error', () => {
        watcher?.close();
        this.watchers.delete(folder);
      });
    } catch {
      // It can't be watched: it is looked at now and then.
    }
    this.watchers.set(folder, watcher);
  }
}

/** The nearest folder above a path that is there. */
function nearest(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
