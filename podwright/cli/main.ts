/** Where the running toolkit is. */
export interface Installation {
  /** The package's folder: the one that holds its package.json. */
  readonly packageRoot: string;
  /** The compiled toolkit's folder. */
  readonly lib: string;
}

/** Runs one command. `args` are the words after `podwright`. */
export function main(args: readonly string[], installation: Installation): void {
  process.stdout.write(`${JSON.stringify({ args, installation })}\n`);
}
