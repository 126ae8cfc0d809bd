import { findings } from '../../__tests__/support';
import { podSpec, sample, sampleDeployment } from '../../samples';
import { hpaReplicas } from '../hpa-replicas';
import { hpaRequest } from '../hpa-request';
import { hpaTarget } from '../hpa-target';
import { pdbBlocks } from '../pdb-blocks';

const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } };
const autoscaler = (name: string, spec: object = {}) =>
  sample('autoscaling/v2', 'HorizontalPodAutoscaler', name, {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 4,
      metrics: [cpu],
      ...spec,
    },
  });
const requests = { resources: { requests: { cpu: '1' } } };
const web = (fields: object = {}, spec: object = {}) => sampleDeployment('web', fields, requests, spec);

test('two autoscalers of one target are each told of the other', () => {
  expect(findings(hpaTarget, [autoscaler('a'), autoscaler('b'), web()])).toEqual([
    'HorizontalPodAutoscaler a /spec/scaleTargetRef: is scaled by b too, got apps/Deployment web; expected one HorizontalPodAutoscaler with the metrics of both',
    'HorizontalPodAutoscaler b /spec/scaleTargetRef: is scaled by a too, got apps/Deployment web; expected one HorizontalPodAutoscaler with the metrics of both',
  ]);
});

test('a target of another kind with the same name is none', () => {
  const set = sample('apps/v1', 'StatefulSet', 'web', {
    spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: podSpec() } },
  });
  expect(findings(hpaTarget, [autoscaler('a'), set])).toEqual([
    'HorizontalPodAutoscaler a /spec/scaleTargetRef/name: names a Deployment that is not there, got "web"',
  ]);
  expect(findings(hpaTarget, [autoscaler('a')], { complete: false })).toEqual([]);
});

test('replicas beside an autoscaler are told, 0 too, and not without one', () => {
  expect(findings(hpaReplicas, [autoscaler('a'), web({ replicas: 0 })])).toEqual([
    'Deployment web /spec/replicas: is also set by HorizontalPodAutoscaler a, got 0; expected none',
  ]);
  expect(findings(hpaReplicas, [web({ replicas: 3 })])).toEqual([]);
});

test('utilization needs a request of every container, sidecars too, and none of init containers', () => {
  const initContainers = [
    { name: 'init', image: 'a' },
    { name: 'proxy', image: 'a', restartPolicy: 'Always' },
  ];
  expect(findings(hpaRequest, [autoscaler('a'), web({}, { initContainers })])).toEqual([
    'HorizontalPodAutoscaler a /spec/metrics/0: is a share of a cpu request that container proxy of Deployment web does not have',
  ]);
});

test.each([
  ['a limit', [sampleDeployment('web', {}, { resources: { limits: { cpu: '1' } } })]],
  ['the resources of the pod', [sampleDeployment('web', {}, {}, { resources: { requests: { cpu: '1' } } })]],
  [
    'a LimitRange',
    [
      sampleDeployment('web', {}),
      sample('v1', 'LimitRange', 'l', { spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '1' } }] } }),
    ],
  ],
])('%s counts as a request', (_, objects) => {
  expect(findings(hpaRequest, [autoscaler('a'), ...objects])).toEqual([]);
});

test('a value is no share, and the field of autoscaling/v1 is one', () => {
  const value = { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '1' } } };
  const bare = sampleDeployment('web', {});
  expect(findings(hpaRequest, [autoscaler('a', { metrics: [value] }), bare])).toEqual([]);
  const first = sample('autoscaling/v1', 'HorizontalPodAutoscaler', 'a', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 4,
      targetCPUUtilizationPercentage: 60,
    },
  });
  expect(findings(hpaRequest, [first, bare])).toEqual([
    'HorizontalPodAutoscaler a /spec/targetCPUUtilizationPercentage: is a share of a cpu request that container main of Deployment web does not have',
  ]);
});

test('a metric of one container looks at that one', () => {
  const metric = (container: string) => ({
    type: 'ContainerResource',
    containerResource: { name: 'cpu', container, target: { type: 'Utilization', averageUtilization: 60 } },
  });
  const objects = (container: string) => [autoscaler('a', { metrics: [metric(container)] }), web()];
  expect(findings(hpaRequest, objects('main'))).toEqual([]);
  expect(findings(hpaRequest, objects('server'))).toEqual([
    'HorizontalPodAutoscaler a /spec/metrics/0/containerResource/container: is no container of Deployment web, got "server"; expected one of main',
  ]);
});

describe('a budget', () => {
  const budget = (fields: object) =>
    sample('policy/v1', 'PodDisruptionBudget', 'b', { spec: { selector: { matchLabels: { app: 'web' } }, ...fields } });

  test.each([
    [{ maxUnavailable: 0 }, 3, '/spec/maxUnavailable: permits no eviction of the 3 pods that it selects, got 0'],
    [{ maxUnavailable: '0%' }, 3, '/spec/maxUnavailable: permits no eviction of the 3 pods that it selects, got "0%"'],
    [{ minAvailable: 2 }, 2, '/spec/minAvailable: permits no eviction of the 2 pods that it selects, got 2'],
    [{ minAvailable: '60%' }, 2, '/spec/minAvailable: permits no eviction of the 2 pods that it selects, got "60%"'],
  ])('%j of %d pods permits no eviction', (fields, replicas, said) => {
    expect(findings(pdbBlocks, [budget(fields), web({ replicas })])).toEqual([`PodDisruptionBudget b ${said}`]);
  });

  test.each([
    [{ maxUnavailable: '1%' }, 3],
    [{ minAvailable: '50%' }, 2],
    [{ minAvailable: 1 }, 2],
    [{ minAvailable: 1 }, 0],
  ])('%j of %d pods does not stand in the way', (fields, replicas) => {
    expect(findings(pdbBlocks, [budget(fields), web({ replicas })])).toEqual([]);
  });

  test('counts the most that an autoscaler makes', () => {
    expect(findings(pdbBlocks, [budget({ minAvailable: 1 }), web(), autoscaler('a')])).toEqual([]);
  });
});
