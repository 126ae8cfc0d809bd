import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Put in by the build: of the repository's package.json nothing is in the package. */
declare const PODWRIGHT_PACKAGES: { readonly [name: string]: string } | undefined;

/** The versions of the packages that the toolkit is tested with. */
export function testedVersions(): { readonly [name: string]: string } {
  if (typeof PODWRIGHT_PACKAGES === 'object') return PODWRIGHT_PACKAGES;
  const file = join(__dirname, '..', '..', '..', 'package.json');
  const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8'));
  return { ...dependencies, ...devDependencies };
}
