/** What of a program's tsconfig.json decides how it runs. */
export interface CompilerOptions {
  /** Whether class fields are assigned and not defined. */
  readonly assignFields: boolean;
  /** The paths that `paths` and `baseUrl` give an import, without extensions. */
  candidates(request: string): readonly string[];
}

/** Reads the tsconfig.json of a folder or of the nearest one above it, with all that it extends. */
export function readCompilerOptions(folder: string): CompilerOptions {
  const { createPathsMatcher, getTsconfig } = require('get-tsconfig') as typeof import('get-tsconfig');
  const found = getTsconfig(folder);
  if (!found) return { assignFields: false, candidates: () => [] };
  const { target, useDefineForClassFields } = found.config.compilerOptions ?? {};
  const modern = target === undefined || /^es(2022|202[3-9]|next)$/i.test(target);
  return {
    assignFields: !(useDefineForClassFields ?? modern),
    candidates: createPathsMatcher(found) ?? (() => []),
  };
}
