// Reads what `podwright check --facts FILE` says of the cluster: what a program says to its App.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { unknownExternal } from '../rules/external-kinds';
import type { External } from '../rules/facts';
import type { WorldOptions } from '../rules/world';
import { CommandError } from './command';

// biome-ignore lint/suspicious/noExplicitAny: what the file holds is what is found out
type Any = any;

const isMapping = (value: Any) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What each key of the file holds, and whether a value is that. */
const KEYS: { readonly [key: string]: readonly [expected: string, is: (value: Any) => boolean] } = {
  externals: [
    'a list of { kind, name, namespace, keys }',
    (value) => Array.isArray(value) && value.every((one) => isMapping(one) && typeof one.kind === 'string'),
  ],
  facts: [
    '{ images, nodes }',
    (value) =>
      isMapping(value) &&
      Object.keys(value).every((key) => key === 'images' || key === 'nodes') &&
      (value.images === undefined || (isMapping(value.images) && Object.values(value.images).every(isMapping))) &&
      (value.nodes === undefined ||
        (Array.isArray(value.nodes) &&
          value.nodes.every(
            (one: Any) => isMapping(one) && (one.allocatable === undefined || isMapping(one.allocatable)),
          ))),
  ],
  gitops: ['true or false', (value) => typeof value === 'boolean'],
};

/** What is wrong with what is said of the cluster; undefined where nothing is. */
export function factsProblem(key: string, value: unknown): string | undefined {
  const [expected, is] = KEYS[key] ?? [];
  if (expected !== undefined && !is?.(value)) return `expected ${expected}`;
  return key === 'externals' ? unknownExternal(value as readonly External[]) : undefined;
}

/**
 * Reads a file of facts, in YAML or JSON.
 * @throws CommandError for a file that is not there, or says something else
 */
export function readFacts(file: string, cwd: string): Pick<WorldOptions, 'externals' | 'facts' | 'gitops'> {
  const fail = (message: string, cause?: unknown) => new CommandError(`${file} ${message}`, { cause });
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw fail('is not there; expected a file of facts', error);
  }
  let value: Any;
  try {
    value = parse(text);
  } catch (error) {
    throw fail(`is no YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`, error);
  }
  if (!isMapping(value)) throw fail(`is no mapping; expected ${Object.keys(KEYS).join(', ')}`);
  for (const [key, part] of Object.entries(value)) {
    if (!Object.hasOwn(KEYS, key)) throw fail(`has ${JSON.stringify(key)}; expected ${Object.keys(KEYS).join(', ')}`);
    const problem = factsProblem(key, part);
    if (problem) throw fail(`has ${key} that is no such thing, got ${JSON.stringify(part)}; ${problem}`);
  }
  return value;
}
