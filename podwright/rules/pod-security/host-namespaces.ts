// The host's network, processes and inter-process communication are not shared.
// Fields: spec.hostNetwork, spec.hostPID, spec.hostIPC. Allowed: undefined, false.
import type { PodSecurityCheck } from './policy';

export const hostNamespaces: PodSecurityCheck = {
  id: 'host-namespaces',
  level: 'baseline',
  reason: 'host namespaces',
  check({ spec }, _level, _minor, forbid) {
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
      if (spec[field]) forbid(`${field}=true`, `leave ${field} out, or set it to false`, 'spec', field);
    }
  },
};
