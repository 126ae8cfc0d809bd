// Source: pkg/apis/autoscaling/v2/defaults.go, pkg/apis/autoscaling/v1/conversion.go.
import { copy } from '../plain';
import type { TypeDefaults } from './type-defaults';

const V2 = 'io.k8s.api.autoscaling.v2.';
const UTILIZATION = 80;
const UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const DOWN = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

export const autoscaling: { readonly [type: string]: TypeDefaults } = {
  [`${V2}HorizontalPodAutoscalerSpec`]: {
    fields: {
      minReplicas: 1,
      metrics: () => [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: UTILIZATION } },
        },
      ],
    },
    fill: ({ behavior }) => {
      if (!behavior) return;
      behavior.scaleUp = { ...copy(UP), ...behavior.scaleUp };
      behavior.scaleDown = { ...copy(DOWN), ...behavior.scaleDown };
    },
  },
  'io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec': {
    fields: { minReplicas: 1, targetCPUUtilizationPercentage: UTILIZATION },
  },
};
