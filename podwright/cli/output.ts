import { fstatSync, writeSync } from 'node:fs';
import { EXIT } from './command';

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

let watched = false;

/**
 * Standard output, as the process has it. A reader that has seen enough (`| head`) is no failure: the command goes on to
 * its end, since its exit status says more than its text. One that cannot take the text, as a full disk, is.
 */
export function standardOutput(): NodeJS.WriteStream {
  const { stdout } = process;
  if (!watched) {
    watched = true;
    stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') return;
      standardError.write(`podwright: standard output cannot be written: ${message}\n`);
      process.exit(EXIT.failure);
    });
  }
  return stdout;
}
