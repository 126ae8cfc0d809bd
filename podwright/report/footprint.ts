// What a program's objects take of a cluster, as data; formats of it are in report/formats/footprint.ts.
import type { ObjectIdentity } from './finding';

/** Amounts by the names that a ResourceQuota has: `pods`, `requests.cpu`, `limits.memory`, `requests.nvidia.com/gpu`. */
export type ResourceAmounts = Readonly<Record<string, string>>;

/** What one namespace takes, or one workload. */
export interface Taken {
  /** What goes on until somebody ends it: autoscalers at their fewest, no Jobs. */
  readonly always: ResourceAmounts;
  /** All at once: autoscalers at their most, every Job and CronJob at work, every rollout under way. */
  readonly atMost: ResourceAmounts;
}

/** What one object takes. */
export interface WorkloadFootprint extends Taken {
  readonly object: ObjectIdentity;
  /** Why it may take more than its most. @default - it may not */
  readonly unbounded?: string;
}

/** What a namespace takes. */
export interface NamespaceFootprint extends Taken {
  /** The environment whose cluster it is in. @default - the program has none */
  readonly environment?: string;
  /** '' for objects that name none. */
  readonly namespace: string;
  /** Those that take most come first, by CPU. */
  readonly workloads: readonly WorkloadFootprint[];
  /** Objects whose pods depend on the cluster: those of a DaemonSet on its nodes. */
  readonly uncounted: readonly ObjectIdentity[];
}

/** What a namespace takes before a change and after it. */
export interface FootprintChange {
  readonly environment?: string;
  readonly namespace: string;
  /** @default - there was nothing in it */
  readonly before?: Taken;
  /** @default - there is nothing in it any more */
  readonly after?: Taken;
}
