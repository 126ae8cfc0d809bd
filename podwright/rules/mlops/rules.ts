// The rules of training, serving and their queues.
import type { Rule } from '../rule';
import { checkpointVolume } from './checkpoint-volume';
import { gpuLimits } from './gpu-limits';
import { noRoom } from './no-room';
import { podHostname } from './pod-hostname';
import { queueName } from './queue-name';
import { rendezvous } from './rendezvous';
import { sharedMemory } from './shared-memory';
import { worldSize } from './world-size';

/** Every one, sorted. */
export const MLOPS_RULES: readonly Rule[] = [
  checkpointVolume,
  gpuLimits,
  noRoom,
  podHostname,
  queueName,
  rendezvous,
  sharedMemory,
  worldSize,
];
