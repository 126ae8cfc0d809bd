// Seccomp is not switched off; the restricted level wants it on.
// Fields: securityContext.seccompProfile.type of the Pod and its containers; before 1.19 the annotations that came
// before. Allowed: RuntimeDefault, Localhost; baseline: undefined, too; restricted: undefined in a container of a Pod
// that sets it.
import type { Any } from '../engine/cursor';
import { containersOf, type Forbid, isWindows, main, type PodSecurityCheck, type PodView } from './policy';

const FIX = 'set seccompProfile.type to RuntimeDefault or Localhost, in the Pod or in the container';
const POD = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const steps = ['securityContext', 'seccompProfile', 'type'];

function annotations(pod: PodView, forbid: Forbid): void {
  const notes = pod.metadata?.annotations ?? {};
  for (const key of [POD, ...containersOf(pod).map(({ container }) => `${CONTAINER}${container.name}`)]) {
    const value = notes[key];
    if (value === undefined || /^(runtime\/default$|docker\/default$|localhost\/)/.test(value)) continue;
    forbid(
      `forbidden annotation ${key}="${value}"`,
      'set the annotation to runtime/default',
      'metadata',
      'annotations',
      key,
    );
  }
}

const isOn = (profile: Any) => profile.type === 'RuntimeDefault' || profile.type === 'Localhost';

export const seccompProfile: PodSecurityCheck = {
  id: 'pod-security/seccomp-profile',
  level: 'baseline',
  changes: [19, 25],
  summary: 'a container without a filter of system calls',
  why: "The runtime's own profile refuses some fifty system calls that programs do not need and attackers do. Kubernetes leaves it off unless a pod or container asks for it: the baseline level forbids to switch it off, the restricted level wants it asked for. Pods for Windows are left alone by the restricted level.",
  source: 'check_seccompProfile_restricted.go',
  fails: { containers: [main] },
  passes: { securityContext: { seccompProfile: { type: 'RuntimeDefault' } }, containers: [main] },
  check(pod, level, minor, forbid) {
    if (minor < 19) {
      annotations(pod, forbid);
      return;
    }
    const restricted = level === 'restricted';
    if (restricted && isWindows(pod, minor)) return;
    const own = pod.spec.securityContext?.seccompProfile;
    const not = (type: unknown) => `must not set securityContext.seccompProfile.type to "${type ?? ''}"`;
    if (own && !isOn(own)) forbid(`pod ${not(own.type)}`, FIX, 'spec', ...steps);
    for (const { container, name, steps: at } of containersOf(pod)) {
      const profile = container.securityContext?.seccompProfile;
      if (profile) {
        if (!isOn(profile)) forbid(`${name} ${not(profile.type)}`, FIX, ...at, ...steps);
      } else if (restricted && !own) {
        const detail = `pod or ${name} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`;
        forbid(detail, FIX, ...at, ...steps);
      }
    }
  },
};
