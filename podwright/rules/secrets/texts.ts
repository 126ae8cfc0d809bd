// The texts of a container that reach its process as they are: its environment and its commands.
import { containersOf } from '../../api/pods';
import type { Any, Step } from '../engine/cursor';

/** A text, and where it is: from the pod to it. */
export interface ContainerText {
  readonly text: string;
  readonly steps: readonly Step[];
  /** Of a variable of the environment. @default - it is part of a command */
  readonly name?: string;
}

/** All of them, of all containers. */
export function* containerTexts(spec: Any): Generator<ContainerText> {
  for (const [container, path] of containersOf(spec)) {
    const at: readonly Step[] = ['spec', ...path];
    for (const [index, { name, value }] of (container.env ?? []).entries()) {
      if (typeof value === 'string') yield { text: value, name: String(name), steps: [...at, 'env', index, 'value'] };
    }
    for (const commands of COMMANDS) {
      const list = commands.reduce((value: Any, step) => value?.[step], container);
      for (const [index, text] of (Array.isArray(list) ? list : []).entries()) {
        if (typeof text === 'string') yield { text, steps: [...at, ...commands, index] };
      }
    }
  }
}

const COMMANDS: readonly (readonly string[])[] = [
  ['command'],
  ['args'],
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => [probe, 'exec', 'command']),
  ...['postStart', 'preStop'].map((hook) => ['lifecycle', hook, 'exec', 'command']),
];

/** What to do about a credential that is in the clear. */
export const WAYS = `Put it into a Secret that git holds encrypted (SealedSecret, SopsFile) or does not hold at all (ExternalSecret), and
refer to that: valueFrom.secretKeyRef, or a mounted volume. What was committed once stays in git's history: replace it.`;
