// The texts of a container that reach its process as they are: its environment and its commands.
import { containersOf } from '../../api/pods';
import type { Any, Step } from '../engine/cursor';

/** Is told of a text, and can ask for the steps from the pod to it. */
export type TextVisitor = (text: string, stepsTo: () => readonly Step[], name: string) => void;

/** The values of the variables of all containers, with the names of the variables. */
export function visitEnv(spec: Any, visit: TextVisitor): void {
  for (const [container, path] of containersOf(spec)) {
    const env = container.env ?? [];
    for (let index = 0; index < env.length; index++) {
      const { name, value } = env[index] ?? {};
      if (typeof value === 'string') visit(value, () => ['spec', ...path, 'env', index, 'value'], String(name));
    }
  }
}

/** The words of the commands of all containers, those of probes and hooks too. */
export function visitCommands(spec: Any, visit: TextVisitor): void {
  for (const [container, path] of containersOf(spec)) {
    for (const steps of COMMANDS) {
      let list = container;
      for (let depth = 0; depth < steps.length && list; depth++) list = list[steps[depth] as string];
      if (!Array.isArray(list)) continue;
      for (let index = 0; index < list.length; index++) {
        if (typeof list[index] === 'string') visit(list[index], () => ['spec', ...path, ...steps, index], '');
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
