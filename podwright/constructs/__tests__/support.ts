import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { FindingsError } from '../../report/findings-error';
import { App } from '../../synth/app';

// biome-ignore lint/suspicious/noExplicitAny: tests reach into objects of every kind.
export type Manifest = any;

/** The objects that a program of one chart, `test`, makes: what lands in dist. */
export function objectsOf(build: (chart: Chart) => void): Manifest[] {
  const chart = new Chart(new App(), 'test');
  build(chart);
  return Testing.synth(chart);
}

/** The only object that a program makes. */
export function objectOf(build: (chart: Chart) => void): Manifest {
  const objects = objectsOf(build);
  expect(objects).toHaveLength(1);
  return objects[0] as Manifest;
}

/** The objects that a program makes, by kind; of several of a kind, the last. */
export function kindsOf(build: (chart: Chart) => void): Record<string, Manifest> {
  return Object.fromEntries(objectsOf(build).map((object) => [object.kind, object]));
}

/** What a program's constructs say is wrong, each with its path. */
export function faultsOf(build: (chart: Chart) => void): string[] {
  const chart = new Chart(new App(), 'test');
  build(chart);
  return chart.node
    .findAll()
    .flatMap((construct: Construct) => construct.node.validate().map((fault) => `${construct.node.path}: ${fault}`));
}

/** What stops a program from being synthesized: each finding's construct, pointer and message. */
export function errorsOf(
  build: (chart: Chart) => void,
): [path: string | undefined, pointer: string, message: string][] {
  const outdir = mkdtempSync(join(tmpdir(), 'podwright-constructs-'));
  try {
    const app = new App({ outdir });
    build(new Chart(app, 'test'));
    app.synth();
    return [];
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings.map(({ constructPath, pointer, message }) => [constructPath, pointer, message]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What the `restricted` Pod Security Standard finds wrong with a pod's spec, field by field. */
export function restrictedFaults(spec: Manifest): string[] {
  const faults: string[] = [];
  const pod = spec.securityContext ?? {};
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
    const own = container.securityContext ?? {};
    const fault = (field: string) => faults.push(`${container.name}: ${field}`);
    if ((own.runAsNonRoot ?? pod.runAsNonRoot) !== true) fault('runAsNonRoot');
    if ((own.runAsUser ?? pod.runAsUser) === 0) fault('runAsUser');
    if (own.allowPrivilegeEscalation !== false) fault('allowPrivilegeEscalation');
    if (!own.capabilities?.drop?.includes('ALL')) fault('capabilities.drop');
    if (own.capabilities?.add?.some((name: string) => name !== 'NET_BIND_SERVICE')) fault('capabilities.add');
    if (own.privileged) fault('privileged');
    if (!['RuntimeDefault', 'Localhost'].includes((own.seccompProfile ?? pod.seccompProfile)?.type)) fault('seccomp');
  }
  const allowed = /^(configMap|csi|downwardAPI|emptyDir|ephemeral|image|persistentVolumeClaim|projected|secret)$/;
  for (const { name, ...source } of spec.volumes ?? []) {
    if (!Object.keys(source).every((kind) => allowed.test(kind))) faults.push(`volume ${name}`);
  }
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) if (spec[field]) faults.push(field);
  return faults;
}
