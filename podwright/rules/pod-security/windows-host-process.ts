// Windows containers are not processes of their host.
// Fields: securityContext.windowsOptions.hostProcess of the Pod and its containers. Allowed: undefined, false.
import { containersOf, type PodSecurityCheck } from './policy';

export const windowsHostProcess: PodSecurityCheck = {
  id: 'windows-host-process',
  level: 'baseline',
  reason: 'hostProcess',
  check(pod, _level, _minor, forbid) {
    const steps = ['securityContext', 'windowsOptions', 'hostProcess'];
    const detail = 'must not set securityContext.windowsOptions.hostProcess=true';
    const fix = 'leave hostProcess out, or set it to false';
    if (pod.spec.securityContext?.windowsOptions?.hostProcess) forbid(`pod ${detail}`, fix, 'spec', ...steps);
    for (const { container, name, steps: at } of containersOf(pod)) {
      if (container.securityContext?.windowsOptions?.hostProcess) forbid(`${name} ${detail}`, fix, ...at, ...steps);
    }
  },
};
