import { fstatSync, writeSync } from 'node:fs';

/** Where a command writes. */
export interface Output {
  write(text: string | Uint8Array): unknown;
  /** Whether someone looks at it as it is written. @default false */
  readonly isTTY?: boolean;
}

/** Standard error, written to at once: process.stderr takes longer to load than a Pod to synthesize. */
export const standardError: Output = {
  write(text) {
    let rest: Uint8Array = typeof text === 'string' ? Buffer.from(text) : text;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(2, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Nobody reads it any more; or the reader is slow, and the stream knows how to wait.
      if (code === 'EAGAIN') process.stderr.write(rest);
      else if (code !== 'EPIPE') throw error;
    }
  },
  get isTTY() {
    return fstatSync(2).isCharacterDevice() && (require('node:tty') as typeof import('node:tty')).isatty(2);
  },
};

/** Standard output, as the process has it; a reader that has seen enough (`| head`) is no failure. */
export function standardOutput(): NodeJS.WriteStream {
  const { stdout } = process;
  if (stdout.listenerCount('error') === 0) {
    stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
  return stdout;
}
