// Tracing that an App does itself, where no command runs its program.
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import type { Finding } from '../../report/finding';
import { placesByStack } from './by-stack';
import { Calls, ownFiles } from './calls';
import { observe } from './observe';
import { shortened } from './place';
import { withSources } from './trace';

/** The toolkit's own folder. */
const lib = join(__dirname, '..', '..');
const isOwn = ownFiles(lib);
const calls = new Calls(isOwn);

/** Notes from now on where constructs are made. */
export function start(): void {
  calls.start();
}

/** The findings with their places: by running the program of this process again, else by where the constructs were made. */
export function sources(app: App, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 0) return findings;
  const cwd = process.cwd();
  const main = program();
  const installation = { lib, packageRoot: join(lib, '..') };
  const found = main === undefined ? findings : withSources(findings, main, cwd, installation);
  const places = placesByStack(
    observe(
      app,
      found.filter(({ source }) => !source),
      calls,
    ),
  );
  return found.map((finding) => {
    const place = places.get(finding);
    return place ? { ...finding, source: shortened(place, cwd) } : finding;
  });
}

/** The program's file that this process runs; undefined where a package's does, as that of a test runner. */
function program(): string | undefined {
  const [, file] = process.argv;
  if (file === undefined || !/\.([cm]?[jt]s|[jt]sx)$/.test(file) || !existsSync(file)) return undefined;
  const path = realpathSync(file);
  return isOwn(path) && existsSync(join(lib, '..', 'package.json')) ? path : undefined;
}
