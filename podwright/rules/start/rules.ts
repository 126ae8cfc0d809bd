// The rules of what is accepted and never runs, is never reached or is never enforced.
import type { Rule } from '../rule';

/** Every one, sorted. */
export const START_RULES: readonly Rule[] = [];
