// The Pod Security Standards: one check a file, each as the upstream project has it, for every version of the policy.
// Source: k8s.io/pod-security-admission/policy.
import type { Any, Step } from '../engine/cursor';

/** A level of the standards; `privileged` forbids nothing. */
export type Level = 'baseline' | 'restricted';

/** A Pod as the standards look at it: a Pod's own, or a workload's template. */
export interface PodView {
  readonly metadata: Any;
  readonly spec: Any;
}

/**
 * Says that a Pod is forbidden, and where.
 * @param detail what is wrong, in upstream's words
 * @param fix the value that would pass
 * @param steps from the Pod (`spec`, …) to the field
 */
export type Forbid = (detail: string, fix: string, ...steps: Step[]) => void;

/** One of the standards. */
export interface PodSecurityCheck {
  /** As a rule's. */
  readonly id: string;
  /** The level from which on it forbids anything. */
  readonly level: Level;
  /** The minor versions from which on it forbids something else than before. */
  readonly changes: readonly number[];
  /** As a rule's. */
  readonly summary: string;
  /** As a rule's. */
  readonly why: string;
  /** The file of upstream's policy package. */
  readonly source: string;
  /** The spec of a Pod that the restricted level forbids by this check. */
  readonly fails: object;
  /** The spec of a Pod that it doesn't. */
  readonly passes: object;
  /** @param minor the minor version of the policy: 34 for v1.34 */
  check(pod: PodView, level: Level, minor: number, forbid: Forbid): void;
}

/** The container of the examples. */
export const main = { name: 'main', image: 'busybox:1.37' };

/** A container of a Pod, what upstream's messages call it, and the steps to it. */
export interface PodContainer {
  readonly container: Any;
  readonly name: string;
  readonly steps: readonly Step[];
}

let last: { readonly pod: PodView; readonly containers: readonly PodContainer[] } | undefined;

/** The containers of a Pod in upstream's order. All checks look at one Pod before the next: it is read once. */
export function containersOf(pod: PodView): readonly PodContainer[] {
  if (last?.pod === pod) return last.containers;
  const containers: PodContainer[] = [];
  for (const field of ['initContainers', 'containers', 'ephemeralContainers']) {
    const list = pod.spec[field] ?? [];
    for (let i = 0; i < list.length; i++) {
      const container = list[i] ?? {};
      containers.push({ container, name: `container "${container.name ?? ''}"`, steps: ['spec', field, i] });
    }
  }
  last = { pod, containers };
  return containers;
}

/** Whether the restricted level leaves a Pod alone whose operating system knows no such field. */
export function isWindows({ spec }: PodView, minor: number): boolean {
  return minor >= 25 && spec.os?.name === 'windows';
}

/** Whether a Pod has users of its own, so that its root is nobody on the node. */
export function hasOwnUsers({ spec }: PodView, minor: number): boolean {
  return minor >= 35 && spec.hostUsers === false;
}
