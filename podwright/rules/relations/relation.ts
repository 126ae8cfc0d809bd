import type { Any } from '../engine/cursor';

/** What one object has to do with another, read from the one to the other: `Deployment web mounts ConfigMap settings`. */
export const VERBS = [
  'routes to',
  'attaches to',
  'calls',
  'selects',
  'addressed by',
  'scales',
  'owns',
  'makes',
  'queues in',
  'has priority',
  'runs by',
  'mounts',
  'uses env from',
  'claims',
  'provisioned by',
  'pulls with',
  'serves TLS of',
  'runs as',
  'grants',
  'binds',
  'allows from',
  'allows to',
] as const;

/** See {@link VERBS}. */
export type Verb = (typeof VERBS)[number];

/** What a relation leads to. */
export interface Target {
  /** With its API group: `Secret`, `apps/Deployment`. */
  readonly kind: string;
  /** '' for none. */
  readonly namespace: string;
  readonly name: string;
  /** @default - it is not among the objects */
  readonly object?: Any;
}

/** One object's relation to another. */
export interface Relation {
  readonly from: Any;
  readonly verb: Verb;
  readonly to: Target;
  /** RFC 6901 pointer to what says so, in {@link from}; of 'owns' in what is owned. */
  readonly pointer: string;
  /** What is allowed: `TCP 8080`. @default - the verb says all of it */
  readonly detail?: string;
}
