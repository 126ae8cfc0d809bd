import { containersOf } from '../../api/pods';
import type { Any } from '../engine/cursor';
import { podRule } from '../rule';
import { samplePod } from '../samples';

const pod = (...env: object[]) => samplePod('worker', { env });
const url = { name: 'URL', value: 'tcp://$(HOST):29500' };
const host = { name: 'HOST', value: 'train-0.train' };

export const variableOrder = podRule({
  id: 'start/variable-order',
  severity: 'warning',
  summary: 'a variable that refers to one which stands after it',
  why: `The kubelet goes through a container's variables in their order, and replaces \`$(NAME)\` by what came before. What comes after is
not there yet: the reference stays in the value as it is written, and the process reads \`$(HOST)\`. \`$$(NAME)\` means that.`,
  source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
  fails: [pod(url, host)],
  passes: [pod(host, url)],
  check({ spec }, at) {
    for (const [{ env, envFrom }, path] of containersOf(spec)) {
      // What comes from there is before all others, and its names are not known.
      if (!Array.isArray(env) || envFrom?.length > 0) continue;
      for (let index = 0; index < env.length; index++) {
        const value = env[index]?.value;
        if (typeof value !== 'string' || !value.includes('$(')) continue;
        for (const name of referencesIn(value)) {
          const first = env.findIndex((other: Any) => other?.name === name);
          if (first <= index || isOfService(name)) continue;
          at.report(
            ['spec', ...path, 'env', index, 'value'],
            `refers to ${name}, which is defined after it, got ${JSON.stringify(value)}; expected it before`,
          );
        }
      }
    }
  },
});

/** The names that the kubelet looks for in a value, each once. `$$` is a dollar. */
function referencesIn(value: string): Iterable<string> {
  const names = [...value.matchAll(/\$\$|\$\(([^)]*)\)/g)].flatMap(([, name]) => name ?? []);
  return new Set(names);
}

/** Whether it may be a variable that the kubelet makes of a Service: those are there from the start. */
function isOfService(name: string): boolean {
  return /_SERVICE_HOST$|_PORT(_|$)/.test(name);
}
