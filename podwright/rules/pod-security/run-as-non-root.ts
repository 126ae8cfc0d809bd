// Containers must not run as root. Since 1.35 Pods with users of their own may.
// Fields: securityContext.runAsNonRoot of the Pod and its containers. Allowed: true; undefined in a container of a Pod
// that says true.
import { containersOf, hasOwnUsers, main, type PodSecurityCheck } from './policy';

const is = (value: unknown) => value !== undefined && value !== null;

export const runAsNonRoot: PodSecurityCheck = {
  id: 'pod-security/run-as-non-root',
  level: 'restricted',
  changes: [35],
  summary: 'a container that may run as root',
  why: "Root in a container is root on the node once it gets out. With runAsNonRoot the kubelet starts no container whose user is 0: it has to be said in the pod, or in each container; where the image's user is root or has a name, runAsUser says a number. Since Kubernetes 1.35 pods with users of their own (hostUsers: false) may run as root.",
  source: 'check_runAsNonRoot.go',
  fails: { containers: [main] },
  passes: { securityContext: { runAsNonRoot: true }, containers: [main] },
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
