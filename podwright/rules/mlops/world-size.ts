import type { Any } from '../engine/cursor';
import { objectRule } from '../rule';
import { podSpec, sample } from '../samples';
import { podViewOf } from '../world';
import { variablesOf } from './training';

const job = (completions: number, parallelism: number) =>
  sample('batch/v1', 'Job', 'train', {
    spec: {
      completionMode: 'Indexed',
      completions,
      parallelism,
      template: {
        spec: podSpec(
          {
            env: [
              { name: 'PET_NNODES', value: '4' },
              { name: 'PET_NPROC_PER_NODE', value: '2' },
              { name: 'WORLD_SIZE', value: '8' },
            ],
          },
          { restartPolicy: 'Never' },
        ),
      },
    },
  });

export const worldSize = objectRule({
  id: 'mlops/world-size',
  severity: 'error',
  summary: 'a training whose workers are told another number of workers than there are',
  why: `The workers wait for as many as they are told, and no more join: the training stands still until it times out. The world
size is the Job's completions times the processes of a pod, and all pods must run at once: parallelism equals completions.`,
  source: 'https://docs.pytorch.org/docs/stable/elastic/run.html#environment-variables',
  kinds: ['batch/Job'],
  fails: [job(3, 3)],
  passes: [job(4, 4)],
  check(object: Any, at) {
    const pod = podViewOf(object);
    if (!pod) return;
    const variables = variablesOf(pod);
    const told = variables.get('PET_NNODES') ?? variables.get('WORLD_SIZE');
    if (!told) return;
    const { completions, parallelism = 1 } = object.spec;
    const nodes = completions ?? parallelism;
    const steps = (name: string) => ['spec', 'template', ...(variables.get(name)?.steps ?? [])];
    const number = (name: string) => {
      const value = variables.get(name)?.value;
      return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
    };
    // Of an elastic training torchrun takes a range: 2:4.
    const count = number('PET_NNODES');
    if (count !== undefined && count !== nodes)
      at.report(
        steps('PET_NNODES'),
        `is not the number of the Job's pods, got ${count}; expected ${nodes}, its completions`,
      );
    const [world, processes] = [
      number('WORLD_SIZE'),
      number('PET_NPROC_PER_NODE') ?? (count === undefined ? undefined : 1),
    ];
    if (world !== undefined && processes !== undefined && world !== nodes * processes)
      at.report(
        steps('WORLD_SIZE'),
        `is not completions x processes of a pod, got ${world}; expected ${nodes} x ${processes} = ${nodes * processes}`,
      );
    if (completions !== undefined && parallelism < completions)
      at.report(
        ['spec', 'parallelism'],
        `lets ${parallelism} of ${completions} workers run at once, which wait for the others; expected ${completions}`,
      );
  },
});
