// Calls a command in this process, as the tests of the commands do.
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Installation } from '../command';
import { run } from '../main';

export const root = join(__dirname, '..', '..', '..');

/** The toolkit of this repository. */
const OWN = installationAt(join(root, 'podwright'));

/** A toolkit in a package's folder. */
export function installationAt(packageRoot: string): Installation {
  return { packageRoot, lib: join(packageRoot, 'lib') };
}

/** What a call may be given beside its words. */
export interface CallOptions {
  readonly cwd: string;
  /** @default - none: no variable is set */
  readonly env?: Readonly<Record<string, string>>;
  /** @default - that of this repository */
  readonly installation?: Installation;
}

/** Runs one command to its end; its exit status and what it printed. */
export async function call(words: readonly string[], { cwd, env = {}, installation = OWN }: CallOptions) {
  const texts = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _, done) {
        texts[name] += chunk;
        done();
      },
    });
  const context = { cwd, env, installation, stdout: stream('stdout'), stderr: stream('stderr') };
  return { status: await run(words, context), ...texts };
}

/** The words of a command line without quotes. */
export function wordsOf(line: string): string[] {
  return line.split(' ').filter(Boolean);
}
