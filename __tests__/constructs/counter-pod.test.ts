import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { App } from 'podwright';
import { parse } from 'yaml';
import { CounterPod, type CounterPodProps } from '../../constructs/counter-pod';

function counter(props: CounterPodProps = {}) {
  const chart = new Chart(new App(), 'test');
  new CounterPod(chart, 'counter', props);
  return Testing.synth(chart)[0];
}

/** The leaves of an object by pointer. */
function leaves(value: unknown, pointer = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[pointer, value]];
  return Object.entries(value).flatMap(([key, field]) => leaves(field, `${pointer}/${key}`));
}

describe('beside the YAML that it comes from', () => {
  // Byte for byte as it was first written, tabs and typo too.
  const seed = readFileSync(join(__dirname, '..', '__fixtures__', 'seed-counter.yaml'), 'utf8');
  const loop = (command: string) => `i=0; while true; do echo "$i: $(${command})"; i=$((i+1)); sleep 1; done`;

  test('it is the same Pod, but for what is listed', () => {
    const before = new Map(leaves(parse(seed)));
    const after = new Map(leaves(counter()));
    const pointers = [...new Set([...before.keys(), ...after.keys()])].sort();
    const differences = pointers
      .filter((pointer) => before.get(pointer) !== after.get(pointer))
      .map((pointer) => [pointer, before.get(pointer), after.get(pointer)]);
    expect(differences).toEqual([
      // The typo: there is no command `data`, and each line was `data: not found`.
      ['/spec/containers/0/args/2', loop('data'), loop('date')],
      // Without a version the image is another one from day to day.
      ['/spec/containers/0/image', 'busybox', 'busybox:1.37'],
      // What a namespace that enforces the restricted Pod Security Standard asks for; counting needs no rights.
      ['/spec/containers/0/securityContext/allowPrivilegeEscalation', undefined, false],
      ['/spec/containers/0/securityContext/capabilities/drop/0', undefined, 'ALL'],
      ['/spec/securityContext/runAsGroup', undefined, 65534],
      ['/spec/securityContext/runAsNonRoot', undefined, true],
      ['/spec/securityContext/runAsUser', undefined, 65534],
      ['/spec/securityContext/seccompProfile/type', undefined, 'RuntimeDefault'],
    ]);
  });

  test('it can say exactly the same, less the typo', () => {
    const ours = counter({ image: 'busybox', defaults: 'none' });
    expect(ours).toEqual(parse(seed.replace('$(data)', '$(date)')));
  });
});

test('counts at the pace it is given', () => {
  expect(counter({ intervalSeconds: 5 }).spec.containers[0].args[2]).toBe(
    'i=0; while true; do echo "$i: $(date)"; i=$((i+1)); sleep 5; done',
  );
});

test("takes a Pod's own props beside", () => {
  const { metadata, spec } = counter({ metadata: { name: 'other' }, nodeSelector: { disk: 'ssd' } });
  expect([metadata.name, spec.nodeSelector]).toEqual(['other', { disk: 'ssd' }]);
});

test('its page shows it as it is', () => {
  const read = (file: string) => readFileSync(join(__dirname, '..', '..', file), 'utf8');
  expect(read('docs/constructs/counter-pod.md')).toContain(read('constructs/counter-pod.ts'));
});
