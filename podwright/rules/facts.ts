// What manifests do not say, and a program can: rules that need it are silent until it is declared.
import type { Taint } from '../api/k8s';

/** The levels of the Pod Security Standards. */
export const POD_SECURITY_LEVELS = ['privileged', 'baseline', 'restricted'] as const;

/** See {@link POD_SECURITY_LEVELS}. */
export type PodSecurityLevel = (typeof POD_SECURITY_LEVELS)[number];

/** An object that others make: an operator, a platform team, a cloud. */
export interface External {
  /** With its API group: `Secret`, `apps/Deployment`. */
  readonly kind: string;
  /** @default - every object of the kind */
  readonly name?: string;
  /** @default - in whatever namespace */
  readonly namespace?: string;
  /** The keys of a ConfigMap or Secret. @default - not known: any key may be there */
  readonly keys?: readonly string[];
}

/** What is known of an image. */
export interface ImageFacts {
  /** The user that it declares (`USER`): an id, or a name. */
  readonly user?: number | string;
  /** How long its process takes until it serves, in seconds. */
  readonly loadSeconds?: number;
}

/** Nodes that are alike. */
export interface NodeShape {
  /** How many of them there are at most. @default - any number */
  readonly count?: number;
  /** Those that pods ask for. @default - not known: pods may ask for any */
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly Taint[];
  /**
   * What pods can have of it, as the node's status says: `{ cpu: '7910m', 'nvidia.com/gpu': 8 }`.
   * @default - not known: pods of any size fit
   */
  readonly allocatable?: Readonly<Record<string, string | number>>;
}

/** See the head of the file. */
export interface Facts {
  /** By reference (`busybox:1.37`), or by name for all its tags (`busybox`). */
  readonly images?: Readonly<Record<string, ImageFacts>>;
  readonly nodes?: readonly NodeShape[];
}
