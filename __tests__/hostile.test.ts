import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { App, FindingsError, ModelServer, Pod, TrainingJob } from 'podwright';
import { CounterPod } from '../constructs/counter-pod';

const outdir = mkdtempSync(join(tmpdir(), 'podwright-hostile-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const image = 'busybox:1.37';
const main = { name: 'main', image };

/** What stops a program, as a reader sees it: each finding's construct, pointer and message. */
function findings(build: (chart: Chart) => void): string[] {
  const app = new App({ outdir });
  build(new Chart(app, 'hostile'));
  try {
    app.synth();
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings.map(({ constructPath, pointer, message }) => `${constructPath}: ${pointer}: ${message}`);
  }
  return [];
}

test.each<[string, (chart: Chart) => void, RegExp[]]>([
  [
    'a container without a name',
    (chart) => new Pod(chart, 'pod', { containers: [{ name: '', image }] }),
    [/^hostile\/pod: \/spec\/containers\/0\/name: Required value/],
  ],
  [
    'an object without a name',
    (chart) => new CounterPod(chart, 'pod', { metadata: { name: '' } }),
    [/^hostile\/pod: \/metadata\/name: Required value/],
  ],
  ['a Pod without containers', (chart) => new Pod(chart, 'pod'), [/^hostile\/pod: \/spec\/containers: Required value/]],
  [
    'a negative port',
    (chart) => new Pod(chart, 'pod', { containers: [{ ...main, ports: [{ containerPort: -1 }] }] }),
    [/^hostile\/pod: \/spec\/containers\/0\/ports\/0\/containerPort: .*-1.*between 1 and 65535/],
  ],
  [
    'two containers of one name',
    (chart) => new Pod(chart, 'pod', { containers: [main, main] }),
    [/^hostile\/pod: \/spec\/containers\/1\/name: .*Duplicate.*"main"/],
  ],
  [
    'a mount that names no volume',
    (chart) => new Pod(chart, 'pod', { containers: [main] }).addMount({ name: 'data', mountPath: '/data' }),
    [/^hostile\/pod: \/spec\/containers\/0\/volumeMounts\/0\/name: .*"data"/],
  ],
  [
    'two volumes of one name',
    (chart) => {
      const pod = new Pod(chart, 'pod', { containers: [main], volumes: [{ name: 'data', emptyDir: {} }] });
      pod.addVolume({ name: 'data', emptyDir: {} });
    },
    [/^hostile\/pod: \/spec\/volumes\/1\/name: .*Duplicate.*"data"/],
  ],
  [
    'a number of replicas that is none',
    (chart) => new ModelServer(chart, 'server', { containers: [main], replicas: Number.NaN }),
    [/^hostile\/server: \/spec\/replicas: .*NaN/],
  ],
  [
    'a number of nodes that is none',
    (chart) => new TrainingJob(chart, 'training', { containers: [main], nodes: Number.NaN }),
    [/^hostile\/training: : nodes: must be a whole number, got NaN; expected 1 or more$/],
  ],
  [
    'several faults at once',
    (chart) => {
      new Pod(chart, 'first', { containers: [main], home: 'work' });
      new Pod(chart, 'second', { containers: [main, main] });
    },
    [/^hostile\/first: : home: must be true or an absolute path, got "work"/, /^hostile\/second: .*"main"/],
  ],
])('%s is found at its place', (_, build, expected) => {
  const found = findings(build);
  for (const text of expected) expect(found).toContainEqual(expect.stringMatching(text));
  expect(readdirSync(outdir)).toEqual([]);
});

test('an id that is empty is refused where it is given', () => {
  expect(() => findings((chart) => new CounterPod(chart, ''))).toThrow(
    `hostile: id: must name the construct, got ""; expected a name such as 'hello'`,
  );
});
