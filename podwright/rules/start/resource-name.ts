import { containersOf } from '../../api/pods';
import { nearest } from '../../report/nearest';
import type { Any, Step } from '../engine/cursor';
import { type At, objectRule } from '../rule';
import { sample, samplePod } from '../samples';
import { podViewOf } from '../world';

const pod = (name: string) => samplePod('worker', { resources: { limits: { [name]: 1 } } });
const quota = (name: string) => sample('v1', 'ResourceQuota', 'team', { spec: { hard: { [name]: 8 } } });

export const resourceName = objectRule({
  id: 'start/resource-name',
  severity: 'warning',
  summary: 'an extended resource whose name is a letter off that of a device',
  why: `Any name is a resource to the API server, also one that no node has: the pod stays Pending, and a quota counts nothing. The
names are those of the vendors' device plugins, in lower case and in the singular: \`nvidia.com/gpu\`.

A name that is right where it is: declare it with the nodes that have it, in \`facts\`, as \`allocatable\`.`,
  source: 'https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/',
  kinds: 'any',
  fails: [pod('nvidia.com/gpus'), quota('requests.nvidia.com/GPU')],
  passes: [pod('nvidia.com/gpu'), quota('requests.nvidia.com/gpu')],
  check(object: Any, at) {
    if (object.kind === 'ResourceQuota') {
      compare(object.spec?.hard, () => ['spec', 'hard'], at);
      return;
    }
    const pod = podViewOf(object);
    if (!pod) return;
    for (const [{ resources }, path] of containersOf(pod.spec)) {
      if (!resources) continue;
      const stepsTo = (field: string) => [...pod.path, ...path, 'resources', field];
      compare(resources.requests, () => stepsTo('requests'), at);
      compare(resources.limits, () => stepsTo('limits'), at);
    }
  },
});

/** Of the device plugins that are in wide use. */
const DEVICES = new Set([
  'nvidia.com/gpu',
  'nvidia.com/gpu.shared',
  'nvidia.com/pgpu',
  'nvidia.com/vgpu',
  'amd.com/gpu',
  'gpu.intel.com/i915',
  'gpu.intel.com/xe',
  'habana.ai/gaudi',
  'google.com/tpu',
  'aws.amazon.com/neuron',
  'aws.amazon.com/neuroncore',
  'aws.amazon.com/neurondevice',
  'vpc.amazonaws.com/efa',
]);

function compare(amounts: Any, stepsTo: () => readonly Step[], at: At): void {
  for (const name in amounts) {
    if (!name.includes('/')) continue;
    const [, prefix = '', device = ''] = /^((?:requests|limits)\.)?(.*)$/.exec(name) ?? [];
    if (DEVICES.has(device) || at.world.nodes?.some(({ allocatable }) => allocatable && device in allocatable))
      continue;
    const near = nearest(device, DEVICES, 1);
    if (near === undefined) continue;
    at.report(
      [...stepsTo(), name],
      `is no resource of a device plugin that is known, got ${JSON.stringify(name)}; expected ${prefix}${near}`,
    );
  }
}
