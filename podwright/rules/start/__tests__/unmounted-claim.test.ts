import { findings } from '../../__tests__/support';
import { samplePod } from '../../samples';
import { unmountedClaim } from '../unmounted-claim';

const volumes = [
  { name: 'scratch', emptyDir: {} },
  { name: 'data', persistentVolumeClaim: { claimName: 'd' } },
];
const mounts = { volumeMounts: [{ name: 'data', mountPath: '/data' }] };

test('a volume on a claim that no container mounts is told, and no other volume', () => {
  expect(findings(unmountedClaim, [samplePod('a', {}, { volumes })])).toEqual([
    'Pod a /spec/volumes/1: is mounted by no container, got "data"; expected it in the volumeMounts of one',
  ]);
  expect(
    findings(unmountedClaim, [samplePod('a', { volumeMounts: [{}] }, { volumes: [{}, ...volumes] })]),
  ).toHaveLength(1);
});

test.each([
  ['a container', mounts, {}],
  ['a container, as a device', { volumeDevices: [{ name: 'data', devicePath: '/dev/data' }] }, {}],
  ['an init container', {}, { initContainers: [{ name: 'init', image: 'a', ...mounts }] }],
  ['an ephemeral container', {}, { ephemeralContainers: [{ name: 'debug', image: 'a', ...mounts }] }],
])('one that is used by %s is not', (_, container, spec) => {
  expect(findings(unmountedClaim, [samplePod('a', container, { volumes, ...spec })])).toEqual([]);
});
