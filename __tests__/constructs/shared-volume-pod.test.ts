import { Chart, Testing } from 'cdk8s';
import { App } from 'podwright';
import { SharedVolumePod } from '../../constructs/shared-volume-pod';

const chart = new Chart(new App(), 'test');
const pod = new SharedVolumePod(chart, 'shared-volume', { nodeSelector: { disk: 'ssd' } });
const [object] = Testing.synth(chart);

test('writer and reader share the volume, and only the writer may write to it', () => {
  const mounts = object.spec.containers.map(({ name, volumeMounts }: { name: string; volumeMounts: object[] }) => [
    name,
    volumeMounts,
  ]);
  expect(mounts).toEqual([
    ['writer', [{ name: 'shared', mountPath: '/shared' }]],
    ['reader', [{ name: 'shared', mountPath: '/shared', readOnly: true }]],
  ]);
  expect(object.spec.volumes).toEqual([{ name: 'shared', emptyDir: {} }]);
});

test("takes a Pod's own props beside", () => {
  expect(pod.podSpec.nodeSelector).toEqual({ disk: 'ssd' });
});
