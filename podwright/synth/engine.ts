import type { App, Chart } from 'cdk8s';
import { groupOf } from '../api/identity';
import type { Finding, ObjectIdentity } from '../report/finding';
import { FindingsError } from '../report/findings-error';
import { formatIdentity } from '../report/text';
import { Clusters, type Folders } from './clusters/clusters';
import type { Images } from './images/images';
import type { Judge } from './judge';
import { Maker, unresolved } from './make';
import { Needs } from './needs';
import { chartsBefore, DependencyCycle, orderCharts, orderObjects } from './order';
import { byEnvironment, divide, type Outline, type Output, outlineOf, type SynthesizedObject } from './outputs';
import { shownPath, type Tree, validationsOf, walk } from './tree';

/** What a program says, in memory: nothing is written. */
export interface Synthesis {
  readonly charts: number;
  readonly objects: number;
  readonly outputs: readonly Output[];
  /** What a GitOps controller is told about dist: the files of clusters, by path. */
  readonly clusters: ReadonlyMap<string, Uint8Array>;
  /** All that is wrong with it. With an error among them, `outputs` are not to be written. */
  readonly findings: readonly Finding[];
}

/** Options of {@link synthesize}. */
export interface SynthesizeOptions {
  /** Sees each object. @default - nobody judges them */
  readonly judge?: Judge;
  readonly images: Images;
  /** What dist and clusters are called where they are handed over. @default - by these names */
  readonly folders?: Folders;
}

/** Validates the tree, makes each object and its text once, orders charts and objects, and divides them into files. */
export function synthesize(app: App, { judge, images, folders = FOLDERS }: SynthesizeOptions): Synthesis {
  const tree = walk(app);
  const findings = validate(tree);
  const clusters = new Clusters(app, tree);
  clusters.mark();
  const ordered = attempt(findings, () => orderCharts(tree)) ?? [];
  const before = chartsBefore(tree);
  const maker = new Maker(app, images, judge);
  const charts = ordered.map((chart) => {
    const constructs = attempt(findings, () => orderObjects(chart, tree)) ?? [];
    return { chart, objects: maker.make(constructs), after: before.get(chart) ?? [] };
  });
  add(findings, maker.findings);
  const outputs: Output[] = [];
  for (const [top, group] of byEnvironment(app, charts)) {
    const objects = group.flatMap((chart) => chart.objects);
    add(findings, identityCollisions(objects));
    const needs = new Needs(objects);
    const inOrder = group.map((chart) => ({ ...chart, objects: needs.inOrder(chart.objects) }));
    const { files, impossible } = divide(app, top, inOrder, needs);
    outputs.push(...files);
    add(
      findings,
      impossible.map(({ earlier, later }) => ({
        ...fault('synth/apply-order', shownPath(top), `${earlier} and ${later} each have what the other needs first`),
        severity: 'warning' as const,
        fix: 'kubectl apply fails the first time; move the Namespaces, or what is like them, to a chart of their own',
      })),
    );
  }
  add(findings, pathCollisions(outputs));
  const clusterFiles = clusters.files(outputs, folders);
  add(findings, clusters.findings);
  if (judge) {
    clusters.tell(judge);
    add(findings, judge.findings());
    add(findings, judge.exceptionFaults(tree.constructs));
  }
  const objects = charts.reduce((total, chart) => total + chart.objects.length, 0);
  return { charts: charts.length, objects, outputs, clusters: clusterFiles, findings };
}

const FOLDERS: Folders = { dist: 'dist', clusters: 'clusters' };

/**
 * The objects of one chart, in their order; the whole app is validated, as one chart may be wrong by another's doing.
 *
 * @throws FindingsError
 */
export function synthesizeChart(app: App, chart: Chart, images: Images): unknown[] {
  const tree = walk(app);
  const findings = validate(tree);
  new Clusters(app, tree).mark();
  const ordered = attempt(findings, () => orderObjects(chart, tree)) ?? [];
  const values: { value: unknown; outline: Outline }[] = [];
  for (const construct of ordered) {
    try {
      const value: unknown = images.pinned(construct, construct.toJson());
      values.push({ value, outline: outlineOf(value) });
    } catch (error) {
      findings.push(unresolved(construct, error));
    }
  }
  if (findings.length > 0) throw new FindingsError(findings);
  return new Needs(values).inOrder(values).map(({ value }) => value);
}

/** What the constructs' own validations (`node.addValidation`) say: every fault of every construct. */
function validate(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  for (const construct of tree.constructs) {
    for (const message of validationsOf(construct)) {
      findings.push(fault('synth/validation', shownPath(construct), message));
    }
  }
  return findings;
}

/** Objects that the API server would take for one: the later would overwrite the earlier. */
function identityCollisions(objects: readonly SynthesizedObject[]): Finding[] {
  const first = new Map<string, SynthesizedObject>();
  const findings: Finding[] = [];
  for (const object of objects) {
    const { apiVersion, kind, namespace, name } = object.outline;
    if (typeof name !== 'string' || name === '') continue;
    const key = JSON.stringify([groupOf(apiVersion), kind, namespace, name]);
    const other = first.get(key);
    if (!other) {
      first.set(key, object);
      continue;
    }
    const identity: ObjectIdentity = { apiVersion, kind, ...(namespace && { namespace }), name };
    findings.push({
      ...fault('synth/identity', shownPath(object.construct), ''),
      object: identity,
      pointer: '/metadata/name',
      message: `${formatIdentity(identity)} is also made by ${shownPath(other.construct)}; expected one construct for an object`,
      fix: 'Give one of them another metadata.name or namespace',
    });
  }
  return findings;
}

/** Files that two constructs want, also on file systems where upper and lower case are the same. */
function pathCollisions(outputs: readonly Output[]): Finding[] {
  const first = new Map<string, Output>();
  const findings: Finding[] = [];
  for (const output of outputs) {
    const key = output.path.toLowerCase();
    const other = first.get(key);
    if (!other) {
      first.set(key, output);
      continue;
    }
    findings.push(
      fault(
        'synth/path',
        shownPath(output.owner),
        `its file ${output.path} is also that of ${shownPath(other.owner)}; expected a file each`,
      ),
    );
  }
  return findings;
}

/** Each object may have a finding: too many for the arguments of one call. */
function add(findings: Finding[], more: readonly Finding[]): void {
  for (const finding of more) findings.push(finding);
}

function fault(ruleId: string, constructPath: string, message: string): Finding {
  return { ruleId, severity: 'error', pointer: '', message, constructPath };
}

/** Runs one step; a cycle that it meets becomes a finding. */
function attempt<T>(findings: Finding[], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof DependencyCycle)) throw error;
    findings.push(fault('synth/cycle', error.cycle[0] ? shownPath(error.cycle[0]) : '', error.message));
    return undefined;
  }
}
