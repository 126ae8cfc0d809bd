import type { Any } from '../engine/cursor';
import { podRule } from '../rule';
import { samplePod } from '../samples';
import { gpusOf } from './training';

const resources = { limits: { 'nvidia.com/gpu': 2 } };

export const sharedMemory = podRule({
  id: 'mlops/shared-memory',
  severity: 'warning',
  summary: 'a container with several GPUs and the /dev/shm of 64 MB that runtimes give',
  why: `The processes of several GPUs, and data loaders, talk through /dev/shm: NCCL and torch end with a bus error where it is full.
An emptyDir with \`medium: Memory\` that is mounted there is as large as the container's memory allows.`,
  source: 'https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html#shared-memory',
  fails: [samplePod('train', { resources })],
  passes: [
    samplePod(
      'train',
      { resources, volumeMounts: [{ name: 'shm', mountPath: '/dev/shm' }] },
      { volumes: [{ name: 'shm', emptyDir: { medium: 'Memory' } }] },
    ),
  ],
  check({ spec }, at) {
    if (spec.hostIPC) return;
    for (const [index, container] of (spec.containers ?? []).entries()) {
      const gpus = gpusOf(container);
      if (gpus < 2 || (container.volumeMounts ?? []).some(({ mountPath }: Any) => /^\/dev\/shm\/?$/.test(mountPath)))
        continue;
      at.report(
        ['spec', 'containers', index, 'volumeMounts'],
        `has no volume at /dev/shm, and ${gpus} GPUs; expected an emptyDir with medium Memory`,
      );
    }
  },
});
