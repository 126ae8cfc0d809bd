import type { Any } from '../engine/cursor';
import { objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { autoscalersOf } from './replicas';

const autoscaler = sample('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    maxReplicas: 4,
    metrics: [
      { type: 'Pods', pods: { metric: { name: 'qps' }, target: { type: 'AverageValue', averageValue: '10' } } },
    ],
  },
});

export const hpaReplicas = objectRule({
  id: 'start/hpa-replicas',
  severity: 'warning',
  summary: 'a workload that says its replicas, and is scaled by a HorizontalPodAutoscaler',
  why: `Each time that the manifest is applied it sets the number of replicas back, and the autoscaler starts again from there:
under load, pods that are needed go.`,
  source:
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  kinds: ['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet'],
  fails: [autoscaler, sampleDeployment('web', { replicas: 2 })],
  passes: [autoscaler, sampleDeployment('web', {})],
  check(object: Any, at) {
    const replicas = object.spec?.replicas;
    if (replicas === undefined) return;
    const [autoscaler] = autoscalersOf(at.world, object);
    if (!autoscaler) return;
    at.report(
      ['spec', 'replicas'],
      `is also set by HorizontalPodAutoscaler ${autoscaler.metadata?.name}, got ${replicas}; expected none`,
    );
  },
});
