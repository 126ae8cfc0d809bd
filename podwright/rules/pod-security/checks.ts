import { allowPrivilegeEscalation } from './allow-privilege-escalation';
import { appArmorProfile } from './app-armor-profile';
import { capabilities } from './capabilities';
import { hostNamespaces } from './host-namespaces';
import { hostPorts } from './host-ports';
import { hostProbes } from './host-probes';
import type { PodSecurityCheck } from './policy';
import { privileged } from './privileged';
import { procMount } from './proc-mount';
import { runAsNonRoot } from './run-as-non-root';
import { runAsUser } from './run-as-user';
import { seLinuxOptions } from './se-linux-options';
import { seccompProfile } from './seccomp-profile';
import { sysctls } from './sysctls';
import { volumes } from './volumes';
import { windowsHostProcess } from './windows-host-process';

/** The Pod Security Standards, every one, sorted. */
export const POD_SECURITY_CHECKS: readonly PodSecurityCheck[] = [
  allowPrivilegeEscalation,
  appArmorProfile,
  capabilities,
  hostNamespaces,
  hostPorts,
  hostProbes,
  privileged,
  procMount,
  runAsNonRoot,
  runAsUser,
  seLinuxOptions,
  seccompProfile,
  sysctls,
  volumes,
  windowsHostProcess,
];
