// The environments of folders that a synthesis wrote, by the list of the files that it owns.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { MANIFEST, parseManifest } from '../../synth/dist/manifest';

/** An environment as it was written. */
export interface WrittenEnvironment {
  readonly name: string;
  /** Its folder: an absolute path. Two programs may each have one of the same name. */
  readonly folder: string;
}

/** The names of the environments that a synthesis has written to a folder; none where it wrote none, or nothing. */
export function environmentsIn(folder: string): readonly string[] {
  try {
    return parseManifest(readFileSync(join(folder, MANIFEST), 'utf8')).environments;
  } catch {
    return [];
  }
}

/** Tells files by their environments; each list is read once. */
export class WrittenEnvironments {
  private readonly written = new Map<string, readonly string[]>();
  private readonly found = new Map<string, WrittenEnvironment | undefined>();

  /** The environment that a file is in, the innermost: also where it was put there by hand. */
  of(file: string): WrittenEnvironment | undefined {
    const folder = dirname(file);
    if (!this.found.has(folder)) this.found.set(folder, this.find(folder));
    return this.found.get(folder);
  }

  /** The list is that of a folder, or of one above it. */
  private find(folder: string): WrittenEnvironment | undefined {
    for (let root = folder; dirname(root) !== root; root = dirname(root)) {
      const inside = `${relative(root, folder).replaceAll('\\', '/')}/`;
      const names = this.writtenTo(root).filter((name) => inside.startsWith(`${name}/`));
      const [name] = names.sort((a, b) => b.length - a.length);
      if (name !== undefined) return { name, folder: join(root, name) };
    }
    return undefined;
  }

  private writtenTo(root: string): readonly string[] {
    const known = this.written.get(root) ?? environmentsIn(root);
    this.written.set(root, known);
    return known;
  }
}
