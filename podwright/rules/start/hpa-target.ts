import { reportMissing } from '../relations/missing';
import { objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { namespaceOf } from '../world';
import { autoscalersFor, targetKind } from './replicas';

const autoscaler = (name: string, target = 'web') =>
  sample('autoscaling/v2', 'HorizontalPodAutoscaler', name, {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
      maxReplicas: 4,
      metrics: [
        { type: 'Pods', pods: { metric: { name: 'qps' }, target: { type: 'AverageValue', averageValue: '10' } } },
      ],
    },
  });

export const hpaTarget = objectRule({
  id: 'start/hpa-target',
  severity: 'error',
  summary: "a HorizontalPodAutoscaler whose target is not there, or is another one's too",
  why: `Without its target an autoscaler scales nothing. Two autoscalers of one target each set its replicas, and neither does
anything while the other is there: their condition says AmbiguousSelector.`,
  source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  kinds: ['autoscaling/HorizontalPodAutoscaler'],
  fails: [autoscaler('web', 'website'), sampleDeployment('web', {})],
  passes: [autoscaler('web'), sampleDeployment('web', {})],
  check(object, at) {
    const { world } = at;
    const namespace = namespaceOf(object);
    const { name = '' } = object.spec?.scaleTargetRef ?? {};
    const kind = targetKind(object);
    if (world.complete && name && !world.has(kind, name, namespace)) {
      reportMissing(at, ['spec', 'scaleTargetRef', 'name'], { kind, name, namespace });
    }
    const all = autoscalersFor(world, kind, name, namespace);
    const other = all.find((one) => one !== object && one.metadata?.name !== object.metadata?.name);
    if (!other) return;
    at.report(
      ['spec', 'scaleTargetRef'],
      `is scaled by ${other.metadata?.name} too, got ${kind} ${name}; expected one HorizontalPodAutoscaler with the metrics of both`,
    );
  },
});
