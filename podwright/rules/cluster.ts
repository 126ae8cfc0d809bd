// What is said of a cluster, and not by its manifests: to an App, to an Environment, in a file or in cdk8s.yaml.
import { inspect } from 'node:util';
import { isVersion, VERSIONS } from '../api/versions';
import { type External, POD_SECURITY_LEVELS } from './facts';
import type { CheckAllOptions } from './families';

/** What may be said of one cluster. */
export type ClusterOptions = Pick<CheckAllOptions, 'targets' | 'podSecurity' | 'externals' | 'facts' | 'gitops'>;

// biome-ignore lint/suspicious/noExplicitAny: what is said is what is found out
type Any = any;

const isMapping = (value: Any) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What each is, and whether a value is that. */
const SAID: { readonly [Key in keyof ClusterOptions]-?: readonly [expected: string, is: (value: Any) => boolean] } = {
  targets: [
    `a list of ${VERSIONS.join(', ')}`,
    (value) => Array.isArray(value) && value.length > 0 && value.every((one) => isVersion(one)),
  ],
  podSecurity: [POD_SECURITY_LEVELS.join(', '), (value) => POD_SECURITY_LEVELS.includes(value)],
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

/** What is wrong with one of them: what is expected, or which external there is not; undefined where nothing is. */
export function saidProblem(key: keyof ClusterOptions, value: unknown): string | undefined {
  return expectedOf(key, value) ?? (key === 'externals' ? externalProblem(value as readonly External[]) : undefined);
}

function expectedOf(key: keyof ClusterOptions, value: unknown): string | undefined {
  const [expected, is] = SAID[key];
  return is(value) ? undefined : `expected ${expected}`;
}

function externalProblem(externals: readonly External[]): string | undefined {
  if (externals.length === 0) return undefined;
  // Loaded for a kind that is to be looked at: it needs all of them.
  const { unknownExternal } = require('./external-kinds') as typeof import('./external-kinds');
  return unknownExternal(externals);
}

/** What is wrong with what is said of a cluster; undefined where nothing is. */
export function clusterProblem(said: ClusterOptions): string | undefined {
  for (const key of Object.keys(SAID) as (keyof ClusterOptions)[]) {
    const value = said[key];
    const expected = value === undefined ? undefined : expectedOf(key, value);
    if (expected) return `${key}: got ${shown(value)}; ${expected}`;
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
