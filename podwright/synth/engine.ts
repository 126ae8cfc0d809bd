import type { App, Chart } from 'cdk8s';
import type { Finding, ObjectIdentity } from '../report/finding';
import { FindingsError } from '../report/findings-error';
import { formatIdentity } from '../report/text';
import { Needs } from './needs';
import { chartsBefore, DependencyCycle, orderCharts, orderObjects } from './order';
import { byEnvironment, divide, type Output, type SynthesizedObject } from './outputs';
import { shownPath, type Tree, walk } from './tree';

/** What a program says, in memory: nothing is written. */
export interface Synthesis {
  readonly charts: number;
  readonly objects: readonly SynthesizedObject[];
  readonly outputs: readonly Output[];
  /** All that is wrong with it. With an error among them, `outputs` are not to be written. */
  readonly findings: readonly Finding[];
}

/** Validates the tree, resolves each object once, orders charts and objects, and divides them into files. */
export function synthesize(app: App): Synthesis {
  const tree = walk(app);
  const findings = validate(tree);
  const ordered = attempt(findings, () => orderCharts(tree)) ?? [];
  const before = chartsBefore(tree);
  const charts = ordered.map((chart) => ({
    chart,
    objects: resolveChart(chart, tree, findings),
    after: before.get(chart) ?? [],
  }));
  const outputs: Output[] = [];
  for (const [top, group] of byEnvironment(app, charts)) {
    const objects = group.flatMap((chart) => chart.objects);
    findings.push(...identityCollisions(objects));
    const needs = new Needs(objects);
    const inOrder = group.map((chart) => ({ ...chart, objects: needs.inOrder(chart.objects) }));
    const { files, impossible } = divide(app, top, inOrder, needs);
    outputs.push(...files);
    findings.push(
      ...impossible.map(({ earlier, later }) => ({
        ...fault('synth/apply-order', shownPath(top), `${earlier} and ${later} each have what the other needs first`),
        severity: 'warning' as const,
        fix: 'kubectl apply fails the first time; move the Namespaces, or what is like them, to a chart of their own',
      })),
    );
  }
  findings.push(...pathCollisions(outputs));
  return { charts: charts.length, objects: outputs.flatMap((output) => output.objects), outputs, findings };
}

/**
 * The objects of one chart, in their order; the whole app is validated, as one chart may be wrong by another's doing.
 *
 * @throws FindingsError
 */
export function synthesizeChart(app: App, chart: Chart): unknown[] {
  const tree = walk(app);
  const findings = validate(tree);
  const objects = resolveChart(chart, tree, findings);
  if (findings.length > 0) throw new FindingsError(findings);
  return new Needs(objects).inOrder(objects).map((object) => object.value);
}

/** What the constructs' own validations (`node.addValidation`) say: every fault of every construct. */
function validate(tree: Tree): Finding[] {
  return tree.constructs.flatMap((construct) =>
    construct.node.validate().map((message) => fault('synth/validation', shownPath(construct), message)),
  );
}

function resolveChart(chart: Chart, tree: Tree, findings: Finding[]): SynthesizedObject[] {
  const ordered = attempt(findings, () => orderObjects(chart, tree)) ?? [];
  const objects: SynthesizedObject[] = [];
  for (const construct of ordered) {
    try {
      objects.push({ construct, value: construct.toJson() });
    } catch (error) {
      findings.push(unresolved(shownPath(construct), error));
    }
  }
  return objects;
}

/** Objects that the API server would take for one: the later would overwrite the earlier. */
function identityCollisions(objects: readonly SynthesizedObject[]): Finding[] {
  const first = new Map<string, SynthesizedObject>();
  const findings: Finding[] = [];
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object.value;
    const name: unknown = metadata?.name;
    if (typeof name !== 'string' || name === '') continue;
    const group = String(apiVersion).includes('/') ? String(apiVersion).replace(/\/.*/, '') : '';
    const key = JSON.stringify([group, kind, metadata.namespace ?? '', name]);
    const other = first.get(key);
    if (!other) {
      first.set(key, object);
      continue;
    }
    const identity: ObjectIdentity = { apiVersion, kind, namespace: metadata.namespace, name };
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

/** An error of one object; a patch's has the place as well. cdk8s puts a path and a name before it. */
function unresolved(constructPath: string, error: unknown): Finding {
  const { pointer = '', message = String(error) } = error as { pointer?: string; message?: string };
  const text = message.replace(/^Failed serializing construct at path '.*?' with name '.*?': (Error: )?/, '');
  return { ...fault('synth/resolve', constructPath, text), pointer };
}
