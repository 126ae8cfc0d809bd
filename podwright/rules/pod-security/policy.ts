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
  /** The rule's name, without its family. */
  readonly id: string;
  /** The level from which on it forbids anything. */
  readonly level: Level;
  /** What upstream calls the fault, short. */
  readonly reason: string;
  /** @param minor the minor version of the policy: 34 for v1.34 */
  check(pod: PodView, level: Level, minor: number, forbid: Forbid): void;
}

/** The containers of a Pod in upstream's order, with the steps to each. */
export function containersOf({ spec }: PodView): { container: Any; name: string; steps: Step[] }[] {
  const found = [];
  for (const field of ['initContainers', 'containers', 'ephemeralContainers']) {
    const list = spec[field] ?? [];
    for (let i = 0; i < list.length; i++) {
      const container = list[i] ?? {};
      found.push({ container, name: `container "${container.name ?? ''}"`, steps: ['spec', field, i] });
    }
  }
  return found;
}

/** Whether the restricted level leaves a Pod alone whose operating system knows no such field. */
export function isWindows({ spec }: PodView, minor: number): boolean {
  return minor >= 25 && spec.os?.name === 'windows';
}

/** Whether a Pod has users of its own, so that its root is nobody on the node. */
export function hasOwnUsers({ spec }: PodView, minor: number): boolean {
  return minor >= 35 && spec.hostUsers === false;
}
