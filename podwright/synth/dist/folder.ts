import fs from 'node:fs';
import { join } from 'node:path';

/** A folder that is read by paths with '/' between their parts; what leads out of it is not read. */
export class Folder {
  /** Whether a folder below is one or can be made, by its path; a link is none. */
  private readonly inside = new Map<string, boolean>([['', true]]);

  /** @param root an absolute path; the folder itself may be a link. */
  constructor(private readonly root: string) {}

  /** Whether a path stays in the folder: it has no '..', and passes through no symbolic link and no file. */
  holds(path: string): boolean {
    const parts = path.split('/');
    if (
      parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\') || part.includes('\0'))
    ) {
      return false;
    }
    return this.isFolder(parts.slice(0, -1).join('/')) && !this.stat(path)?.isSymbolicLink();
  }

  /** The content of a file that the folder {@link holds}; undefined when there is none. */
  read(path: string): Buffer | undefined {
    if (!this.holds(path) || !this.stat(path)) return undefined;
    return fs.readFileSync(join(this.root, path));
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
