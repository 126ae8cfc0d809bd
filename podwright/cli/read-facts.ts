// Reads what `podwright check --facts FILE` says of the cluster: what a program says to its App.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { saidProblem } from '../rules/cluster';
import type { WorldOptions } from '../rules/world';
import { CommandError } from './command';

// biome-ignore lint/suspicious/noExplicitAny: what the file holds is what is found out
type Any = any;

/** What a file may say. */
const KEYS = ['externals', 'facts', 'gitops'] as const;

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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fail(`is no mapping; expected ${KEYS.join(', ')}`);
  }
  for (const [name, part] of Object.entries(value)) {
    const key = KEYS.find((one) => one === name);
    if (!key) throw fail(`has ${JSON.stringify(name)}; expected ${KEYS.join(', ')}`);
    const problem = saidProblem(key, part);
    if (problem) throw fail(`has ${key} that is no such thing, got ${JSON.stringify(part)}; ${problem}`);
  }
  return value;
}
