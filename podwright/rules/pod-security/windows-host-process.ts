// Windows containers are not processes of their host.
// Fields: securityContext.windowsOptions.hostProcess of the Pod and its containers. Allowed: undefined, false.
import { containersOf, main, type PodSecurityCheck } from './policy';

export const windowsHostProcess: PodSecurityCheck = {
  id: 'pod-security/windows-host-process',
  level: 'baseline',
  changes: [],
  summary: 'a Windows container that is a process of its node',
  why: "A HostProcess container has the node's files and network, as the node's user.",
  source: 'check_windowsHostProcess.go',
  fails: {
    os: { name: 'windows' },
    hostNetwork: true,
    securityContext: { windowsOptions: { hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM' } },
    containers: [main],
  },
  passes: { os: { name: 'windows' }, containers: [main] },
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
