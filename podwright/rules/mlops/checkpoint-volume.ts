import type { Any } from '../engine/cursor';
import { podRule } from '../rule';
import { podSpec, sample } from '../samples';
import { jobSpecOf, masterOf } from './training';

const job = (volumes: object[]) =>
  sample('batch/v1', 'Job', 'train', {
    spec: {
      completionMode: 'Indexed',
      completions: 2,
      parallelism: 2,
      backoffLimitPerIndex: 3,
      template: {
        spec: podSpec({ env: [{ name: 'MASTER_ADDR', value: 'train-0.train' }] }, { restartPolicy: 'Never', volumes }),
      },
    },
  });

export const checkpointVolume = podRule({
  id: 'mlops/checkpoint-volume',
  severity: 'warning',
  summary: 'a distributed training that may start again, and has no volume that outlives its pods',
  why: `A restart is a new pod: what the old one wrote is gone, and the training begins at the start, as often as it is allowed to.
A volume on a claim, or one of the network, keeps checkpoints. A training that writes them to an object store needs none: turn
the rule off for it, with that as the reason.`,
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#persistentvolumeclaim',
  fails: [job([])],
  passes: [job([{ name: 'checkpoints', persistentVolumeClaim: { claimName: 'checkpoints' } }])],
  check(pod, at) {
    const spec = jobSpecOf(pod);
    if (!spec || !masterOf(pod)) return;
    const field = spec.backoffLimitPerIndex === undefined ? 'backoffLimit' : 'backoffLimitPerIndex';
    // The API's own backoffLimit is 6: nobody has asked for it.
    const restarts = spec[field] ?? 0;
    if (restarts === 0 || (pod.spec.volumes ?? []).some(isKept)) return;
    at.report(['spec', 'volumes'], `none of them outlives the pods, and the Job has ${field}: ${restarts}`, {
      fix: 'Mount a PersistentVolumeClaim for the checkpoints',
    });
  },
});

const PASSING = ['name', 'emptyDir', 'configMap', 'secret', 'downwardAPI', 'projected', 'image', 'ephemeral'];

function isKept(volume: Any): boolean {
  return Object.keys(volume).some((field) => !PASSING.includes(field));
}
