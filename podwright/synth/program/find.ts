import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** No program was found, or not one that can be run here; the message says what to do. */
export class NoProgram extends Error {}

const EXTENSIONS = /\.([cm]?[jt]s|[jt]sx)$/;

/**
 * The file that is the program of a folder: the one that `app` names, else the one that cdk8s.yaml's `app` runs, where
 * that is a TypeScript or JavaScript file run by a known runner, else main.ts, else main.js.
 *
 * @param app a file, or a command as cdk8s.yaml has it (`npx ts-node main.ts`)
 * @returns the file's absolute path.
 * @throws NoProgram
 */
export function findProgram(cwd: string, app?: string): string {
  if (app !== undefined) {
    const file = EXTENSIONS.test(app) && !/\s/.test(app) ? app : fileOf(app);
    if (file === undefined) {
      throw new NoProgram(`--app '${app}' names no TypeScript or JavaScript file; expected a file such as main.ts`);
    }
    return existing(cwd, file, `--app names '${file}', which does not exist in ${cwd}`);
  }
  const configured = configuredApp(cwd);
  const file = configured === undefined ? undefined : fileOf(configured);
  if (file !== undefined) {
    return existing(cwd, file, `cdk8s.yaml's app, '${configured}', runs '${file}', which does not exist in ${cwd}`);
  }
  for (const name of ['main.ts', 'main.mts', 'main.cts', 'main.js', 'main.mjs', 'main.cjs']) {
    if (existsSync(join(cwd, name))) return join(cwd, name);
  }
  const other =
    configured === undefined || isOurs(words(configured))
      ? ''
      : `; cdk8s.yaml's app, '${configured}', is run by nothing that is known here`;
  throw new NoProgram(`no program in ${cwd}: it has no main.ts${other}. Name the file: npx podwright synth --app FILE`);
}

/** The file that a command of cdk8s.yaml runs; undefined where it is not run by Node or Bun, or is this command. */
export function fileOf(command: string): string | undefined {
  const rest = words(command);
  while (rest.length > 0 && /^[A-Za-z_]\w*=/.test(rest[0] ?? '')) rest.shift();
  if (isOurs(rest)) return undefined;
  // What runs a package's command, with that command's own words after it.
  if (rest[0] === 'npx' || rest[0] === 'bunx') rest.shift();
  else if (/^(npm|pnpm|yarn)$/.test(rest[0] ?? '') && /^(exec|dlx|run)$/.test(rest[1] ?? '')) rest.splice(0, 2);
  else if (/^(pnpm|yarn)$/.test(rest[0] ?? '')) rest.shift();
  while (/^(-y|--yes|--no-install|--no|--)$/.test(rest[0] ?? '')) rest.shift();
  const runner = (rest.shift() ?? '')
    .replace(/^.*[/\\]/, '')
    .replace(/\.(cmd|exe)$/, '')
    .replace(/@[\w.^~-]+$/, '');
  if (!/^(node|ts-node|ts-node-esm|tsx|esno|swc-node|bun|esbuild-register|jiti)$/.test(runner)) return undefined;
  if (runner === 'bun' && rest[0] === 'run') rest.shift();
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    if (word === '--') continue;
    if (!word.startsWith('-')) return EXTENSIONS.test(word) ? word : undefined;
    // Options that take the next word as their value.
    if (
      /^(-r|--require|--import|--loader|--experimental-loader|-P|--project|-O|--compiler-options|--tsconfig|-C|--conditions)$/.test(
        word,
      )
    ) {
      rest.shift();
    }
  }
  return undefined;
}

function isOurs(command: readonly string[]): boolean {
  const word = command.find((word) => /(^|[/\\])podwright(\.js|\.cmd)?$/.test(word) || word === 'cdk8s');
  return word !== undefined;
}

/** The words of a simple command line; quotes are taken off. */
function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

function configuredApp(cwd: string): string | undefined {
  const file = join(cwd, 'cdk8s.yaml');
  if (!existsSync(file)) return undefined;
  let config: unknown;
  try {
    config = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new NoProgram(`cdk8s.yaml is not YAML: ${(error as Error).message}`);
  }
  const app = (config as { app?: unknown } | null)?.app;
  return typeof app === 'string' ? app : undefined;
}

function existing(cwd: string, file: string, otherwise: string): string {
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new NoProgram(otherwise);
  return path;
}
