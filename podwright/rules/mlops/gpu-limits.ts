import { kindOf } from '../../api/definitions';
import { isGpu } from '../../api/gpu';
import type { Any, Step } from '../engine/cursor';
import { type At, objectRule } from '../rule';

const cluster = (resources: object) => ({
  apiVersion: 'ray.io/v1',
  kind: 'RayCluster',
  metadata: { name: 'ray' },
  spec: {
    headGroupSpec: {
      rayStartParams: {},
      template: { spec: { containers: [{ name: 'head', image: 'rayproject/ray:2.50.0', resources }] } },
    },
  },
});

export const gpuLimits = objectRule({
  id: 'mlops/gpu-limits',
  severity: 'error',
  summary: 'a custom resource whose containers ask for part of a GPU, or for one without a limit',
  why: `Devices are given whole, by \`limits\`; \`requests\` may be left out, and must be equal where they are not. The API server
refuses a pod that says otherwise (the \`api\` rules find it there), and knows nothing of the pods in a custom resource: that is taken,
and its controller fails to make the pods.`,
  source: 'https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/#using-device-plugins',
  kinds: 'any',
  fails: [cluster({ limits: { 'nvidia.com/gpu': 0.5 } })],
  passes: [cluster({ limits: { 'nvidia.com/gpu': 1 } })],
  check(object: Any, at) {
    if (kindOf(object.apiVersion, object.kind) === undefined) visit(object.spec, ['spec'], at);
  },
});

/** Looks for the resources of containers, wherever a custom resource has them. */
function visit(value: Any, steps: Step[], at: At): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value.containers)) {
    for (const [index, container] of value.containers.entries()) {
      const resources = container?.resources;
      if (typeof resources === 'object' && resources)
        compare(resources, [...steps, 'containers', index, 'resources'], at);
    }
  }
  for (const key of Object.keys(value)) {
    steps.push(Array.isArray(value) ? Number(key) : key);
    visit(value[key], steps, at);
    steps.pop();
  }
}

function compare({ limits, requests }: Any, steps: readonly Step[], at: At): void {
  for (const field of ['limits', 'requests'] as const) {
    const amounts = field === 'limits' ? limits : requests;
    for (const name in amounts) {
      const amount = amounts[name];
      if (!isGpu(name) || (typeof amount !== 'number' && typeof amount !== 'string')) continue;
      if (!/^\d+$/.test(String(amount))) {
        at.report([...steps, field, name], `must be a whole number, got ${JSON.stringify(amount)}`);
      } else if (field === 'requests' && String(limits?.[name]) !== String(amount)) {
        const limit = limits?.[name] === undefined ? 'no limit' : `limit ${limits[name]}`;
        at.report([...steps, field, name], `must equal its limit, got ${amount} and ${limit}`);
      }
    }
  }
}
