// What is said of a cluster, and not by its manifests: to an App, to an Environment, in a file or in cdk8s.yaml.
import { inspect } from 'node:util';
import { parseQuantity } from '../api/quantity';
import { isVersion, VERSIONS } from '../api/versions';
import { type External, POD_SECURITY_LEVELS } from './facts';
import type { CheckAllOptions } from './families';

/** What may be said of one cluster. */
export type ClusterOptions = Pick<CheckAllOptions, 'targets' | 'podSecurity' | 'externals' | 'facts' | 'gitops'>;

// biome-ignore lint/suspicious/noExplicitAny: what is said is what is found out
type Any = any;

/** What is wrong, and at which place of what is said: '' for all of it, `.nodes[0].count`. */
interface Problem {
  readonly place: string;
  readonly got: unknown;
  readonly expected: string;
}

/** What is wrong with a value at a place; undefined where nothing is. */
type Check = (value: Any, place: string) => Problem | undefined;

const isMapping = (value: Any) => typeof value === 'object' && value !== null && !Array.isArray(value);

function is(what: string, test: (value: Any) => boolean): Check {
  return (value, place) => (test(value) ? undefined : { place, got: value, expected: what });
}

function listOf(what: string, item: Check): Check {
  return (value, place) => {
    if (!Array.isArray(value)) return { place, got: value, expected: what };
    return firstOf(value.map((one, index) => () => item(one, `${place}[${index}]`)));
  };
}

function mapOf(what: string, item: Check): Check {
  return (value, place) => {
    if (!isMapping(value)) return { place, got: value, expected: what };
    return firstOf(
      Object.entries(value).map(
        ([name, one]) =>
          () =>
            item(one, `${place}.${name}`),
      ),
    );
  };
}

/** A mapping with these fields alone, those that are required among them. */
function record(fields: Readonly<Record<string, Check>>, ...required: readonly string[]): Check {
  const what = `{ ${Object.keys(fields).join(', ')} }`;
  return (value, place) => {
    const isThat = isMapping(value) && Object.keys(value).every((name) => Object.hasOwn(fields, name));
    if (!isThat || required.some((name) => value[name] === undefined)) return { place, got: value, expected: what };
    const given = Object.entries<Any>(value).filter(([, field]) => field !== undefined);
    return firstOf(
      given.map(
        ([name, field]) =>
          () =>
            (fields[name] as Check)(field, `${place}.${name}`),
      ),
    );
  };
}

function firstOf(problems: readonly (() => Problem | undefined)[]): Problem | undefined {
  for (const problem of problems) {
    const found = problem();
    if (found !== undefined) return found;
  }
  return undefined;
}

const text = is('text', (value) => typeof value === 'string');
const isWhole = (value: Any) => Number.isInteger(value) && value >= 0;
const isQuantity = (value: Any) =>
  (typeof value === 'string' || typeof value === 'number') && typeof parseQuantity(value) !== 'string';

/** What each may be. */
const SAID: { readonly [Key in keyof ClusterOptions]-?: Check } = {
  targets: is(
    `a list of ${VERSIONS.join(', ')}`,
    (value) => Array.isArray(value) && value.length > 0 && value.every((one) => isVersion(one)),
  ),
  podSecurity: is(POD_SECURITY_LEVELS.join(', '), (value) => POD_SECURITY_LEVELS.includes(value)),
  externals: listOf(
    'a list of { kind, name, namespace, keys }',
    record({ kind: text, name: text, namespace: text, keys: listOf('a list of keys', text) }, 'kind'),
  ),
  facts: record({
    images: mapOf(
      'what is known of images, by reference',
      record({
        user: is('an id or a name', (value) => typeof value === 'string' || isWhole(value)),
        loadSeconds: is('a number of seconds', (value) => typeof value === 'number' && value >= 0),
      }),
    ),
    nodes: listOf(
      'a list of { count, labels, taints, allocatable }',
      record({
        count: is('a whole number', isWhole),
        labels: mapOf('labels', text),
        taints: listOf(
          'a list of taints',
          record({ key: text, value: text, effect: text, timeAdded: text }, 'key', 'effect'),
        ),
        allocatable: mapOf('amounts by resource', is('a quantity', isQuantity)),
      }),
    ),
  }),
  gitops: is('true or false', (value) => typeof value === 'boolean'),
};

/** Their names. */
export const CLUSTER_OPTIONS = Object.keys(SAID) as readonly (keyof ClusterOptions)[];

/** What is wrong with one of them: what is expected, or which external there is not; undefined where nothing is. */
export function saidProblem(key: keyof ClusterOptions, value: unknown): string | undefined {
  const problem = SAID[key](value, '');
  if (problem) {
    const { place, got, expected } = problem;
    return place === '' ? `expected ${expected}` : `expected ${expected} at ${key}${place}, got ${shown(got)}`;
  }
  return key === 'externals' ? externalProblem(value as readonly External[]) : undefined;
}

function externalProblem(externals: readonly External[]): string | undefined {
  if (externals.length === 0) return undefined;
  // Loaded for a kind that is to be looked at: it needs all of them.
  const { unknownExternal } = require('./external-kinds') as typeof import('./external-kinds');
  return unknownExternal(externals);
}

/** What is wrong with what is said of a cluster; undefined where nothing is. */
export function clusterProblem(said: ClusterOptions): string | undefined {
  for (const key of CLUSTER_OPTIONS) {
    const problem = said[key] === undefined ? undefined : SAID[key](said[key], '');
    if (problem) return `${key}${problem.place}: got ${shown(problem.got)}; expected ${problem.expected}`;
  }
  return externalProblem(said.externals ?? []);
}

function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // What has itself for a part, or is a bigint.
    return inspect(value);
  }
}
