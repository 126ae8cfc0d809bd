import { findings } from '../../__tests__/support';
import { sample, samplePod } from '../../samples';
import { byteAmount } from '../byte-amount';
import { memoryVolume } from '../memory-volume';
import { resourceName } from '../resource-name';

const pod = (resources: unknown, spec: object = {}) => samplePod('a', { resources }, spec);
const AT = 'Pod a /spec/containers/0/resources';

describe('byte-amount', () => {
  test('what is no quantity is not read', () => {
    for (const memory of ['', 'x', '-1', 0, '0', null, {}])
      expect(findings(byteAmount, [pod({ limits: { memory }, requests: { memory } })])).toEqual([]);
    expect(findings(byteAmount, [pod(null), pod({ limits: null, requests: [] })])).toEqual([]);
  });

  test.each([
    [
      { requests: { memory: '512m' } },
      'requests/memory: is in parts of a byte, got "512m"; expected a unit: 512Mi, or 512Gi',
    ],
    [
      { requests: { memory: '2000m' } },
      'requests/memory: is in parts of a byte, got "2000m"; expected a unit: 2000Mi, or 2000Gi',
    ],
    [
      { requests: { memory: '16e-1' } },
      'requests/memory: is in parts of a byte, got "16e-1"; expected a unit: 1.6Mi, or 1.6Gi',
    ],
    [
      { limits: { memory: '1.5' } },
      'limits/memory: is 2 bytes, too few to start with, got "1.5"; expected a unit: 1.5Mi, or 1.5Gi',
    ],
    [{ limits: { memory: 0.5 } }, 'limits/memory: is in parts of a byte, got 0.5; expected a unit: 0.5Mi, or 0.5Gi'],
    [
      { limits: { memory: 4 } },
      'limits/memory: is 4 bytes, too few to start with, got 4; expected a unit: 4Mi, or 4Gi',
    ],
    [
      { limits: { 'ephemeral-storage': '16k' } },
      'limits/ephemeral-storage: is 16000 bytes, too few to start with, got "16k"; expected a unit: 16Mi, or 16Gi',
    ],
  ])('%j is told', (resources, said) => {
    expect(findings(byteAmount, [pod(resources)])).toEqual([`${AT}/${said}`]);
  });

  test("a pod's own amounts are looked at, and those of init containers", () => {
    const limits = { memory: '1' };
    const init = { name: 'i', image: 'a', resources: { limits } };
    expect(findings(byteAmount, [samplePod('a', {}, { resources: { limits }, initContainers: [init] })])).toEqual([
      'Pod a /spec/resources/limits/memory: is 1 bytes, too few to start with, got "1"; expected a unit: 1Mi, or 1Gi',
      'Pod a /spec/initContainers/0/resources/limits/memory: is 1 bytes, too few to start with, got "1"; expected a unit: 1Mi, or 1Gi',
    ]);
  });

  test.each(['1.2Gi', '2.3Gi', '0.7Gi', '1.0001k', '1288490188800m', '1.2e9'])(
    'a request of %s is an amount like others',
    (memory) => {
      expect(findings(byteAmount, [pod({ requests: { memory } })])).toEqual([]);
    },
  );

  test('limits of 1Mi and more need be no whole number of bytes', () => {
    const limits = { memory: '2.3Gi', 'ephemeral-storage': '1288490188800m' };
    expect(findings(byteAmount, [pod({ limits })])).toEqual([]);
  });

  test('a small request is a choice, and so is 1Mi; CPUs come in thousandths', () => {
    expect(findings(byteAmount, [pod({ requests: { memory: '1', cpu: '100m' }, limits: { memory: '1Mi' } })])).toEqual(
      [],
    );
  });
});

describe('resource-name', () => {
  const limits = (name: string) => pod({ limits: { [name]: 1 } });
  const quota = (hard: unknown) => sample('v1', 'ResourceQuota', 'q', { spec: { hard } });

  test('what is no list of amounts names nothing', () => {
    expect(findings(resourceName, [pod(null), pod({ limits: null }), quota(null), quota([])])).toEqual([]);
  });

  test.each([
    ['nvidia.com/gpus', 'nvidia.com/gpu'],
    ['nvidia.com/GPU', 'nvidia.com/gpu'],
    ['nvidia.com/gup', 'nvidia.com/gpu'],
    ['amd.com/gpus', 'amd.com/gpu'],
    ['nvdia.com/gpu', 'nvidia.com/gpu'],
  ])('%s was to be %s', (name, near) => {
    expect(findings(resourceName, [limits(name)])).toEqual([
      `${AT}/limits/${name.replace('/', '~1')}: is no resource of a device plugin that is known, got "${name}"; expected ${near}`,
    ]);
  });

  test('a quota says whose requests it counts', () => {
    expect(findings(resourceName, [quota({ 'requests.nvidia.com/gpus': 1 })])).toEqual([
      'ResourceQuota q /spec/hard/requests.nvidia.com~1gpus: is no resource of a device plugin that is known, got "requests.nvidia.com/gpus"; expected requests.nvidia.com/gpu',
    ]);
  });

  test.each([
    'nvidia.com/gpu',
    'nvidia.com/pgpu',
    'nvidia.com/mig-1g.5gb',
    'nvidia.com/gpumem',
    'example.com/gpu',
    'memory',
  ])('%s may be right', (name) => {
    expect(findings(resourceName, [limits(name), quota({ [name]: 1, [`requests.${name}`]: 1 })])).toEqual([]);
  });

  test('what a declared node has is right', () => {
    const facts = { nodes: [{ labels: {} }, { allocatable: { 'nvidia.com/gpus': 1 } }] };
    expect(findings(resourceName, [limits('nvidia.com/gpus')], { facts })).toEqual([]);
  });
});

describe('memory-volume', () => {
  const mount = { volumeMounts: [{ name: 'v', mountPath: '/v' }] };
  const memory = (amount?: string) => ({
    name: 'm',
    image: 'a',
    ...mount,
    ...(amount && { resources: { limits: { memory: amount } } }),
  });
  const of = (emptyDir: unknown, containers: object[], ...objects: object[]) =>
    findings(memoryVolume, [samplePod('a', {}, { volumes: [{ name: 'v', emptyDir }], containers }), ...objects]);
  const shared = { medium: 'Memory', sizeLimit: '2Gi' };

  test('what is no volume, or has no size that can be read, is not compared', () => {
    for (const emptyDir of [null, {}, { medium: 'Memory', sizeLimit: 'x' }, { medium: 'Memory', sizeLimit: null }])
      expect(of(emptyDir, [memory('1Gi')])).toEqual([]);
  });

  test('is held against what the containers that mount it have together', () => {
    expect(of(shared, [memory('512Mi'), memory('1Gi')])).toEqual([
      'Pod a /spec/volumes/0/emptyDir/sizeLimit: is more than the memory limits of the containers that mount it, got "2Gi"; expected 1536Mi or less',
    ]);
    expect(of(shared, [memory('1Gi'), memory('1Gi')])).toEqual([]);
  });

  test('counts the limit that a LimitRange gives', () => {
    const limits = [{ type: 'Container', default: { memory: '1Gi' } }];
    expect(of(shared, [memory()], sample('v1', 'LimitRange', 'l', { spec: { limits } }))).toHaveLength(1);
  });

  test('no limit, no mount, and a volume on disk are left alone', () => {
    expect(of(shared, [memory('1Gi'), memory()])).toEqual([]);
    expect(of(shared, [{ name: 'm', image: 'a', resources: { limits: { memory: '1Gi' } } }])).toEqual([]);
    expect(of({ sizeLimit: '2Gi' }, [memory('1Gi')])).toEqual([]);
  });
});
