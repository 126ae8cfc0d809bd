import type { Any } from '../engine/cursor';
import { type At, objectRule, type PodView } from '../rule';
import { podSpec, sample } from '../samples';
import { podViewOf } from '../world';
import { type Told, torchrunOf } from './torchrun';
import { gpusOf, nodesOf, variablesOf } from './training';

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
size is the Job's completions times the processes of a pod, and all pods must run at once: parallelism equals completions.

What torchrun is told by its options (\`--nnodes\`, \`--nproc-per-node\`) goes before the variables PET_NNODES and
PET_NPROC_PER_NODE: where both are there and differ, and where there are more processes than GPUs, that is a warning. Pods with
\`--nnodes=1\`, or with \`--standalone\` and no \`--nnodes\`, train each for itself: so many of them need not run at once.`,
  source: 'https://docs.pytorch.org/docs/stable/elastic/run.html#environment-variables',
  kinds: ['batch/Job'],
  fails: [job(3, 3)],
  passes: [job(4, 4)],
  check(object: Any, at) {
    const pod = podViewOf(object);
    if (!pod) return;
    const variables = variablesOf(pod);
    const options = torchrunOf(pod)?.options;
    const told = {
      processes: options?.get('nproc-per-node') ?? variables.get('PET_NPROC_PER_NODE'),
      // What torchrun starts has a world size of torchrun's own.
      world: options ? undefined : variables.get('WORLD_SIZE'),
    };
    checkProcesses(pod, at);
    const nodes = nodesOf(pod);
    const { completions, parallelism = 1 } = object.spec;
    const pods = completions ?? parallelism;
    if (nodes?.most === 1 ? pods > 1 : !nodes && !told.world) return;
    const steps = (one: Told) => [...TEMPLATE, ...one.steps];
    const alone = options?.get('standalone');
    const count = nodes && nodes.least === nodes.most ? nodes.least : undefined;
    if (alone && nodes && nodes.least > 1)
      at.report(
        steps(alone),
        `has each worker look for ${nodes.least} in its own pod alone, got --standalone; expected none of it, or --nnodes=1`,
      );
    else if (nodes && count !== undefined && count !== pods)
      at.report(
        steps(nodes.told),
        `is not the number of the Job's pods, got ${count}; expected ${pods}, its completions`,
      );
    const processes = told.processes ? numberOf(told.processes) : count === undefined ? undefined : 1;
    const world = numberOf(told.world);
    if (told.world && world !== undefined && processes !== undefined && world !== pods * processes)
      at.report(
        steps(told.world),
        `is not completions x processes of a pod, got ${world}; expected ${pods} x ${processes} = ${pods * processes}`,
      );
    const together = nodes ? Math.min(nodes.least, pods) : pods;
    if (completions !== undefined && parallelism < together)
      at.report(
        ['spec', 'parallelism'],
        `lets ${parallelism} of ${completions} workers run at once, which wait for the others; expected ${together}`,
      );
  },
});

const TEMPLATE = ['spec', 'template'];

/** Processes that an option starts, beside what the variable says and the GPUs that there are. */
function checkProcesses(pod: PodView, at: At): void {
  const { container, options } = torchrunOf(pod) ?? {};
  const option = options?.get('nproc-per-node');
  const got = numberOf(option);
  if (!option || container === undefined || got === undefined) return;
  const gpus = gpusOf(pod.spec.containers[container]);
  const variable = numberOf(variablesOf(pod).get('PET_NPROC_PER_NODE'));
  const what =
    gpus > 0 && got > gpus
      ? `starts more processes than the container has GPUs, got ${got}; expected ${gpus}`
      : variable !== undefined && variable !== got
        ? `goes before PET_NPROC_PER_NODE, got ${got}; expected ${variable}, as it says: the container has ${gpus} GPUs`
        : undefined;
  if (what) at.report([...TEMPLATE, ...option.steps], what, { severity: 'warning' });
}

function numberOf(told: Told | undefined): number | undefined {
  return told && /^\d+$/.test(told.value) ? Number(told.value) : undefined;
}
