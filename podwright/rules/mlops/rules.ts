// The rules of training, serving and their queues.
import type { Rule } from '../rule';

/** Every one, sorted. */
export const MLOPS_RULES: readonly Rule[] = [];
