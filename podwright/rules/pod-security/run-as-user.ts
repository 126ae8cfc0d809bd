// Containers must not set the root user. Since 1.35 Pods with users of their own may.
// Fields: securityContext.runAsUser of the Pod and its containers. Allowed: any but 0, undefined.
import { containersOf, hasOwnUsers, main, type PodSecurityCheck } from './policy';

export const runAsUser: PodSecurityCheck = {
  id: 'pod-security/run-as-user',
  level: 'restricted',
  changes: [23, 35],
  summary: 'a container that runs as user 0',
  why: 'runAsUser: 0 is root, whatever the image says. Since Kubernetes 1.35 pods with users of their own (hostUsers: false) may.',
  source: 'check_runAsUser.go',
  fails: { securityContext: { runAsUser: 0 }, containers: [main] },
  passes: { securityContext: { runAsUser: 1000 }, containers: [main] },
  check(pod, _level, minor, forbid) {
    if (minor < 23 || hasOwnUsers(pod, minor)) return;
    const fix = 'set runAsUser to another than 0, or leave it out';
    const steps = ['securityContext', 'runAsUser'];
    if (pod.spec.securityContext?.runAsUser === 0) forbid('pod must not set runAsUser=0', fix, 'spec', ...steps);
    for (const { container, name, steps: at } of containersOf(pod)) {
      if (container.securityContext?.runAsUser === 0) forbid(`${name} must not set runAsUser=0`, fix, ...at, ...steps);
    }
  },
};
