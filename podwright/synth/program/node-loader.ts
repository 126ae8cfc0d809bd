/** A module of Node's CommonJS loader, with what its types leave out. */
export interface NodeModule extends NodeJS.Module {
  _compile(code: string, file: string, ...rest: unknown[]): unknown;
  load(file: string): void;
}

/** Node's CommonJS loader, with what its types leave out; the names are those that loaders have hooked for a decade. */
export interface NodeLoader {
  new (id: string, parent?: NodeModule): NodeModule;
  readonly prototype: NodeModule;
  readonly _cache: Record<string, NodeModule | undefined>;
  readonly _nodeModulePaths: (folder: string) => string[];
  _load(request: string, parent: NodeModule | null | undefined, isMain: boolean): unknown;
  _resolveFilename(request: string, parent?: NodeModule | null, isMain?: boolean, options?: unknown): string;
  _extensions: Record<string, ((module: NodeModule, file: string) => void) | undefined>;
}

/** The class of this very module: to import `node:module` would load more than is needed here. */
export const loader = module.constructor as unknown as NodeLoader;

/** The `require` of a module: `load` answers a request, Node's own loader all else. */
export function requireOf(module: NodeModule, load: (request: string) => unknown): NodeJS.Require {
  const require = ((request: string) => load(request)) as NodeJS.Require;
  require.resolve = ((request: string, options?: unknown) =>
    loader._resolveFilename(request, module, false, options)) as NodeJS.RequireResolve;
  require.main = process.mainModule;
  require.cache = loader._cache as NodeJS.Dict<NodeJS.Module>;
  require.extensions = loader._extensions as unknown as NodeJS.Require['extensions'];
  return require;
}
