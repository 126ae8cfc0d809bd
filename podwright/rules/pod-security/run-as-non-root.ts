// Containers must not run as root. Since 1.35 Pods with users of their own may.
// Fields: securityContext.runAsNonRoot of the Pod and its containers. Allowed: true; undefined in a container of a Pod
// that says true.
import { containersOf, hasOwnUsers, type PodSecurityCheck } from './policy';

const is = (value: unknown) => value !== undefined && value !== null;

export const runAsNonRoot: PodSecurityCheck = {
  id: 'run-as-non-root',
  level: 'restricted',
  reason: 'runAsNonRoot != true',
  check(pod, _level, minor, forbid) {
    if (hasOwnUsers(pod, minor)) return;
    const own = pod.spec.securityContext?.runAsNonRoot;
    const fix = 'set securityContext.runAsNonRoot to true, in the Pod or in the container';
    const steps = ['securityContext', 'runAsNonRoot'];
    const not = 'must not set securityContext.runAsNonRoot=false';
    if (is(own) && !own) forbid(`pod ${not}`, fix, 'spec', ...steps);
    for (const { container, name, steps: at } of containersOf(pod)) {
      const value = container.securityContext?.runAsNonRoot;
      if (is(value) && !value) forbid(`${name} ${not}`, fix, ...at, ...steps);
      else if (!is(value) && !is(own)) {
        forbid(`pod or ${name} must set securityContext.runAsNonRoot=true`, fix, ...at, ...steps);
      }
    }
  },
};
