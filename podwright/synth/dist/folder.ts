import fs from 'node:fs';
import { join } from 'node:path';
import { WORK } from './lock';

/** A folder that is read by paths with '/' between their parts; what leads out of it is not read. */
export class Folder {
  /** Whether a folder below is one or can be made, by its path; a link is none. */
  private readonly inside = new Map<string, boolean>([['', true]]);
  /** Whether nothing is in a folder below but what is being written, by its path: there is no file to ask for. */
  private readonly empty = new Map<string, boolean>();

  /** @param root an absolute path; the folder itself may be a link. */
  constructor(private readonly root: string) {}

  /**
   * The content of a file; undefined when there is none. 'outside' for a path that does not stay in the folder: it has a
   * '..', or passes through a symbolic link or a file.
   */
  read(path: string): Buffer | undefined | 'outside' {
    const parts = path.split('/');
    if (
      parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\') || part.includes('\0'))
    ) {
      return 'outside';
    }
    const folder = parts.slice(0, -1).join('/');
    if (!this.isFolder(folder)) return 'outside';
    if (this.isEmpty(folder)) return undefined;
    const stat = this.stat(path);
    if (stat?.isSymbolicLink()) return 'outside';
    return stat && fs.readFileSync(join(this.root, path));
  }

  private stat(path: string): fs.Stats | undefined {
    try {
      return fs.lstatSync(join(this.root, path), { throwIfNoEntry: false });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
      throw error;
    }
  }

  private isEmpty(path: string): boolean {
    let known = this.empty.get(path);
    if (known === undefined) {
      known = !this.stat(path) || fs.readdirSync(join(this.root, path)).every((name) => name === WORK);
      this.empty.set(path, known);
    }
    return known;
  }

  private isFolder(path: string): boolean {
    let known = this.inside.get(path);
    if (known === undefined) {
      const above = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      known = this.isFolder(above) && (this.stat(path)?.isDirectory() ?? true);
      this.inside.set(path, known);
    }
    return known;
  }
}
