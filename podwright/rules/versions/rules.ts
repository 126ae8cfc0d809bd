// The rules of what differs between versions of Kubernetes.
import type { Rule } from '../rule';

/** Every one, sorted. */
export const VERSIONS_RULES: readonly Rule[] = [];
