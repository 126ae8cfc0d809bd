// Divides what is handed over into parts that a GitOps controller applies one after another, or beside each other.
import type { Chart } from 'cdk8s';
import { kindName } from '../../api/identity';
import type { Handed, HandedFile, HandedObject } from '../../synth/clusters/hand-over';
import { Environment } from '../../synth/environment';

/** What is applied together. */
export interface Part {
  /** What is added to the name of the whole: '' for the most of it. */
  readonly suffix: string;
  /** Whether it is waited for, until all of it is ready. */
  readonly wait: boolean;
  /** The suffixes of the parts that come before it. */
  readonly dependsOn: readonly string[];
  /** The files of dist that have something of it. */
  readonly files: readonly HandedFile[];
  /** The part that an object is in is this one. */
  has(object: HandedObject): boolean;
}

/** What an object is. */
interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What all else needs, or is counted by: `Namespace`, `apps/Deployment`. */
const SETUP = new Set([
  'Namespace',
  'LimitRange',
  'ResourceQuota',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'node.k8s.io/RuntimeClass',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/StorageClass',
]);

/** Kinds of work that has an end, beside all that are called Job. */
const ENDS = new Set([
  'jobset.x-k8s.io/JobSet',
  'argoproj.io/Workflow',
  'tekton.dev/PipelineRun',
  'tekton.dev/TaskRun',
]);

/**
 * What becomes of an object that is applied: the others need it, it runs to an end or waits for what does, or it is to
 * be ready and stay so. A claim is bound by the first pod that uses it, be that next year: nobody waits for one.
 */
export function roleOf({ apiVersion, kind }: Kind): 'setup' | 'jobs' | 'ready' {
  const name = kindName({ apiVersion, kind });
  if (SETUP.has(name)) return 'setup';
  if (ENDS.has(name) || (kind.endsWith('Job') && !/(Cron|Scaled)Job$/.test(kind)) || name === 'PersistentVolumeClaim')
    return 'jobs';
  return 'ready';
}

const SETUP_SUFFIX = '-setup';
const JOBS_SUFFIX = '-jobs';

/**
 * Namespaces, definitions, quotas and classes come first. Jobs, which may run for days, are on their own, and nobody
 * waits for them but charts that depend on theirs. A chart that depends on others, or that others depend on, is on its
 * own too; all else is one part.
 */
export function partsOf({ files, ...handed }: Handed): Part[] {
  const objects = files.flatMap((file) => file.objects);
  const charts = new Set(objects.map((object) => object.chart));
  // A chart without objects is nothing to wait for.
  const after = (chart: Chart) => handed.after(chart).filter((other) => charts.has(other));
  const involved = new Set<Chart>();
  const needed = new Set<Chart>();
  for (const chart of charts) {
    for (const other of after(chart)) {
      involved.add(chart).add(other);
      needed.add(other);
    }
  }
  const groupOfChart = (chart: Chart) => (involved.has(chart) ? suffixOfChart(chart) : '');
  const suffixOf = (object: HandedObject) => {
    const role = roleOf(object.outline);
    if (role === 'setup') return SETUP_SUFFIX;
    return groupOfChart(object.chart) + (role === 'jobs' ? JOBS_SUFFIX : '');
  };
  const suffixes = new Map<string, Set<Chart>>();
  for (const object of objects) {
    const suffix = suffixOf(object);
    suffixes.set(suffix, (suffixes.get(suffix) ?? new Set()).add(object.chart));
  }
  const partsIn = (chart: Chart) =>
    [groupOfChart(chart), groupOfChart(chart) + JOBS_SUFFIX].filter((suffix) => suffixes.has(suffix));
  return [...suffixes].sort(bySetup).map(([suffix, members]) => {
    const before = suffix === SETUP_SUFFIX ? [] : [...members].flatMap((chart) => after(chart).flatMap(partsIn));
    const others = new Set(before.filter((other) => other !== suffix));
    const isJobs = suffix.endsWith(JOBS_SUFFIX);
    const has = (object: HandedObject) => suffixOf(object) === suffix;
    return {
      suffix,
      wait: !isJobs || [...members].some((chart) => needed.has(chart)),
      dependsOn: [...(suffix !== SETUP_SUFFIX && suffixes.has(SETUP_SUFFIX) ? [SETUP_SUFFIX] : []), ...others],
      files: files.filter((file) => file.objects.some(has)),
      has,
    };
  });
}

/** As names of objects are; a chart that is called as a part is has another. */
function suffixOfChart(chart: Chart): string {
  const scopes = chart.node.scopes.filter((scope) => !Environment.isEnvironment(scope));
  const path = scopes.map((scope) => scope.node.id.toLowerCase()).filter(Boolean);
  const suffix = `-${path.join('-').replaceAll(/[^a-z0-9]+/g, '-')}`;
  return suffix === SETUP_SUFFIX || suffix.endsWith(JOBS_SUFFIX) ? `${suffix}-chart` : suffix;
}

function bySetup([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  if (a === b) return 0;
  if (a === SETUP_SUFFIX || b === SETUP_SUFFIX) return a === SETUP_SUFFIX ? -1 : 1;
  return a < b ? -1 : 1;
}
