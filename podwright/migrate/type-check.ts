// Checks the types of a migrated program, where there is a compiler: the one that the program, or this package, has.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a type checker says of the files. */
export interface TypeCheck {
  /** Its version: `7.0.2`. */
  readonly compiler: string;
  /** A line an error: `charts/web.ts(3,5): error TS2322: ...`. */
  readonly errors: readonly string[];
}

/** A compiler that can be run. */
export interface Compiler {
  readonly version: string;
  readonly main: string;
}

/** The compiler that is nearest to one of the folders; undefined where none has any. */
export function findCompiler(folders: readonly string[]): Compiler | undefined {
  for (const folder of folders) {
    try {
      const find = createRequire(join(folder, 'package.json'));
      const manifest = find.resolve('typescript/package.json');
      const { version } = find('typescript/package.json') as { version: string };
      const main = join(dirname(manifest), 'lib', 'tsc.js');
      if (existsSync(main)) return { version, main };
    } catch {
      // Not there: the next folder may have one.
    }
  }
  return undefined;
}

/** Where the types of the running package are. */
export interface Types {
  /** The package's folder. */
  readonly packageRoot: string;
}

/** Checks files as `tsc --strict` would in a project that has the running package installed. */
export async function checkTypes(
  files: ReadonlyMap<string, string>,
  { packageRoot }: Types,
  compiler: Compiler,
): Promise<TypeCheck> {
  const folder = mkdtempSync(join(tmpdir(), 'podwright-migrate-'));
  try {
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configOf(files, packageRoot)));
    const { output, status } = await run(compiler.main, folder);
    const lines = output.split('\n').filter((line) => /^\S+\(\d+,\d+\): error /.test(line));
    const own = lines.filter((line) => [...files.keys()].some((file) => line.startsWith(`${file}(`)));
    if (status !== 0 && lines.length === 0) return { compiler: compiler.version, errors: [output.trim()] };
    return { compiler: compiler.version, errors: own };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configOf(files: ReadonlyMap<string, string>, packageRoot: string): object {
  const find = createRequire(join(packageRoot, 'package.json'));
  const typesOf = (name: string) => join(dirname(find.resolve(`${name}/package.json`)), 'lib', 'index.d.ts');
  // A checkout has sources where the package has types.
  const isSource = existsSync(join(packageRoot, 'index.ts'));
  const own = (source: string, types: string) => join(packageRoot, isSource ? source : types);
  return {
    compilerOptions: {
      strict: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      noEmit: true,
      target: 'es2022',
      lib: ['es2023'],
      module: 'nodenext',
      moduleResolution: 'nodenext',
      types: isSource ? ['node'] : [],
      typeRoots: [join(packageRoot, '..', 'node_modules', '@types')],
      resolveJsonModule: true,
      esModuleInterop: true,
      skipLibCheck: true,
      paths: {
        podwright: [own('index.ts', 'lib/index.d.ts')],
        'podwright/k8s': [own('api/k8s.ts', 'lib/api/k8s.d.ts')],
        cdk8s: [typesOf('cdk8s')],
        constructs: [typesOf('constructs')],
      },
    },
    files: [...files.keys()].filter((file) => file.endsWith('.ts')),
  };
}

function run(main: string, folder: string): Promise<{ output: string; status: number }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [main, '-p', folder, '--pretty', 'false'], { cwd: folder });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', fail);
    child.on('close', (status) => done({ output, status: status ?? 1 }));
  });
}
