import type { Any } from '../engine/cursor';
import { objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { namespaceOf, podViewOf } from '../world';
import { resourcesOf } from './limits';
import { targetKind } from './replicas';

const autoscaler = sample('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    maxReplicas: 4,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }],
  },
});

export const hpaRequest = objectRule({
  id: 'start/hpa-request',
  severity: 'error',
  summary: 'a HorizontalPodAutoscaler by utilization whose pods have a container without that request',
  why: `Utilization is a share of what the containers request. Where one container of a pod, a sidecar too, requests none of the
resource, the autoscaler says FailedGetResourceMetric, and never scales.

What a LimitRange of the namespace fills in counts as requested. A metric of type ContainerResource looks at one container only.`,
  source:
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work',
  kinds: ['autoscaling/HorizontalPodAutoscaler'],
  fails: [autoscaler, sampleDeployment('web', {})],
  passes: [autoscaler, sampleDeployment('web', {}, { resources: { requests: { cpu: '100m' } } })],
  check(object, at) {
    const { spec } = object as Any;
    const target = at.world.find(targetKind(object), spec?.scaleTargetRef?.name, namespaceOf(object));
    const pod = target && podViewOf(target);
    if (!pod) return;
    const sidecars = (pod.spec.initContainers ?? []).filter(({ restartPolicy }: Any) => restartPolicy === 'Always');
    const containers: Any[] = [...(pod.spec.containers ?? []), ...sidecars];
    // The field of autoscaling/v1 is a metric too.
    const metrics: (readonly [metric: Any, steps: readonly (string | number)[]])[] = (spec.metrics ?? []).map(
      (metric: Any, index: number) => [metric, ['spec', 'metrics', index]],
    );
    if (spec.targetCPUUtilizationPercentage !== undefined) {
      const resource = { name: 'cpu', target: { averageUtilization: spec.targetCPUUtilizationPercentage } };
      metrics.push([{ resource }, ['spec', 'targetCPUUtilizationPercentage']]);
    }
    for (const [{ resource, containerResource }, steps] of metrics) {
      const { name, container, target: { averageUtilization } = {} as Any } = containerResource ?? resource ?? {};
      if (averageUtilization === undefined) continue;
      const where = containerResource ? [...steps, 'containerResource'] : steps;
      const looked = containerResource ? containers.filter((one) => one.name === container) : containers;
      if (containerResource && looked.length === 0) {
        at.report(
          [...where, 'container'],
          `is no container of ${target.kind} ${target.metadata?.name}, got ${JSON.stringify(container)}; expected one of ${containers.map((one) => one.name).join(', ')}`,
        );
        continue;
      }
      const without = looked.filter((one) => !resourcesOf(at.world, one, pod.namespace).requests.has(name));
      if (without.length === 0 || pod.spec.resources?.requests?.[name] !== undefined) continue;
      at.report(
        where,
        `is a share of a ${name} request that container ${without.map((one) => one.name).join(', ')} of ${target.kind} ${target.metadata?.name} does not have`,
        { fix: `Set resources.requests.${name} in each of its containers` },
      );
    }
  },
});
