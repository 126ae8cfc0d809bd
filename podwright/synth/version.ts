import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Put in by the build, so that the compiled toolkit opens no file for it. */
declare const PODWRIGHT_VERSION: string | undefined;

/** The version of this toolkit, as its package.json has it. */
export function toolkitVersion(): string {
  if (typeof PODWRIGHT_VERSION === 'string') return PODWRIGHT_VERSION;
  const manifest = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
