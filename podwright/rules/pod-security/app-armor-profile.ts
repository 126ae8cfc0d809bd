// The default AppArmor profile is not overridden or switched off.
// Fields: securityContext.appArmorProfile.type of the Pod and its containers, and the annotations that came before.
// Allowed: RuntimeDefault, Localhost, undefined; annotations runtime/default, localhost/*.
import { containersOf, main, type PodSecurityCheck } from './policy';

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const FIX = 'set appArmorProfile.type to RuntimeDefault or Localhost, or leave it out';

function isAllowed(profile: { type?: string } | undefined | null): boolean {
  return !profile || profile.type === 'RuntimeDefault' || profile.type === 'Localhost';
}

export const appArmorProfile: PodSecurityCheck = {
  id: 'pod-security/app-armor-profile',
  level: 'baseline',
  changes: [],
  summary: 'a container whose AppArmor profile is switched off',
  why: "The runtime's own profile keeps a container from mounting file systems and from most of /proc and /sys. Without a word it is on; Unconfined switches it off.",
  source: 'check_appArmorProfile.go',
  fails: { securityContext: { appArmorProfile: { type: 'Unconfined' } }, containers: [main] },
  passes: { securityContext: { appArmorProfile: { type: 'RuntimeDefault' } }, containers: [main] },
  check(pod, _level, _minor, forbid) {
    const own = pod.spec.securityContext?.appArmorProfile;
    const steps = ['securityContext', 'appArmorProfile', 'type'];
    const must = (type: unknown) => `must not set AppArmor profile type to "${type ?? ''}"`;
    if (!isAllowed(own)) forbid(`pod ${must(own.type)}`, FIX, 'spec', ...steps);
    for (const { container, name, steps: at } of containersOf(pod)) {
      const profile = container.securityContext?.appArmorProfile;
      if (!isAllowed(profile)) forbid(`${name} ${must(profile.type)}`, FIX, ...at, ...steps);
    }
    const annotations = pod.metadata?.annotations ?? {};
    for (const key in annotations) {
      const value: string = annotations[key] ?? '';
      if (!key.startsWith(ANNOTATION) || value === '' || /^(runtime\/default$|localhost\/)/.test(value)) continue;
      forbid(
        `annotation must not set AppArmor profile type to "${key}="${value}""`,
        'set the annotation to runtime/default or localhost/PROFILE, or leave it out',
        'metadata',
        'annotations',
        key,
      );
    }
  },
};
