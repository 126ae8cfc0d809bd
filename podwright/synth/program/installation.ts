/** Where the running toolkit is. */
export interface Installation {
  /** The package's folder: the one that holds its package.json. */
  readonly packageRoot: string;
  /** The compiled toolkit's folder; a program's import of 'podwright' is answered from it. */
  readonly lib: string;
}
