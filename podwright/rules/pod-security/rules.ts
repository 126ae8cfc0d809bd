// The rules of Pod Security.
import type { Rule } from '../rule';

/** Every one, sorted. */
export const POD_SECURITY_RULES: readonly Rule[] = [];
