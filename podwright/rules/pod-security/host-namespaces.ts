// The host's network, processes and inter-process communication are not shared.
// Fields: spec.hostNetwork, spec.hostPID, spec.hostIPC. Allowed: undefined, false.
import { main, type PodSecurityCheck } from './policy';

export const hostNamespaces: PodSecurityCheck = {
  id: 'pod-security/host-namespaces',
  level: 'baseline',
  changes: [],
  summary: 'a pod that shares the network, the processes or the memory of its node',
  why: 'Such a pod reaches what listens on the node alone, sees and signals the processes of all other pods, and escapes every NetworkPolicy.',
  source: 'check_hostNamespaces.go',
  fails: { hostNetwork: true, containers: [main] },
  passes: { containers: [main] },
  check({ spec }, _level, _minor, forbid) {
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
      if (spec[field]) forbid(`${field}=true`, `leave ${field} out, or set it to false`, 'spec', field);
    }
  },
};
