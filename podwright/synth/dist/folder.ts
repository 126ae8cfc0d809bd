import fs from 'node:fs';
import { join } from 'node:path';

/** A folder that is read by paths with '/' between their parts; what leads out of it is not read. */
export class Folder {
  /** Whether a folder below is one or can be made, by its path; a link is none. */
  private readonly inside = new Map<string, boolean>([['', true]]);

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
    if (!this.isFolder(parts.slice(0, -1).join('/'))) return 'outside';
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
