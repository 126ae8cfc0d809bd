// The API's documentation of its types, apart from definitions.jsonl because only the generator of types reads it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { type Version, type VersionSet, versionSet } from './versions';

type Text = string | [VersionSet, string][];

let texts: { readonly [definition: string]: { readonly [field: string]: Text } } | undefined;

/** The documentation of a type, or of a field of it, in one version; undefined where it has none. */
export function describe(version: Version, definition: string, field = ''): string | undefined {
  texts ??= JSON.parse(brotliDecompressSync(readFileSync(join(__dirname, 'descriptions.json.br'))).toString('utf8'));
  const text = texts?.[definition]?.[field];
  if (!Array.isArray(text)) return text;
  return text.find(([versions]) => versions & versionSet(version))?.[1];
}
