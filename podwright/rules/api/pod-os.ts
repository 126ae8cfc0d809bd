// What holds for Linux and for Windows Pods only. Source: pkg/apis/core/validation validateLinux, validateWindows,
// validateWindowsHostProcessPod.
import type { Any, Check, Cursor } from '../engine/cursor';
import { containersOf } from './pod-facts';

const OF_LINUX_PODS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const OF_LINUX_CONTAINERS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];

const is = (value: Any) => value !== undefined && value !== null;

function windows(spec: Any, at: Cursor): void {
  const no = 'cannot be set for a windows pod';
  for (const field of ['hostUsers', 'shareProcessNamespace']) if (is(spec[field])) at.forbidden(no, field);
  for (const field of ['hostPID', 'hostIPC']) if (spec[field]) at.forbidden(no, field);
  for (const field of OF_LINUX_PODS) {
    const value = spec.securityContext?.[field];
    if (is(value) && !(field === 'sysctls' && value.length === 0)) at.forbidden(no, 'securityContext', field);
  }
  for (const [container, kind, index] of containersOf(spec)) {
    for (const field of OF_LINUX_CONTAINERS) {
      if (is(container.securityContext?.[field])) at.forbidden(no, kind, index, 'securityContext', field);
    }
  }
}

function linux(spec: Any, at: Cursor): void {
  const no = 'windows options cannot be set for a linux pod';
  if (spec.securityContext?.windowsOptions) at.forbidden(no, 'securityContext', 'windowsOptions');
  for (const [container, kind, index] of containersOf(spec)) {
    if (container.securityContext?.windowsOptions) at.forbidden(no, kind, index, 'securityContext', 'windowsOptions');
  }
}

/** The operating system that a Pod names, and what that leaves. */
export const podOs: Check = (spec: Any, at: Cursor) => {
  if (!spec.os) return;
  const name = spec.os.name ?? '';
  if (name === '') at.required('', 'os', 'name');
  else if (name === 'linux') linux(spec, at);
  else if (name === 'windows') windows(spec, at);
  else at.notSupported(name, ['linux', 'windows'], 'os').at('name');
};

/** Windows containers that are processes of their host: all of a Pod's, or none. */
export const hostProcess: Check = (spec: Any, at: Cursor) => {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let all = 0;
  let hosts = 0;
  for (const [container, kind, index] of containersOf(spec)) {
    all++;
    const own = container.securityContext?.windowsOptions?.hostProcess;
    if (is(ofPod) && is(own) && ofPod !== own) {
      const problem = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
      at.invalid(own, problem, kind, index, 'securityContext', 'windowsOptions', 'hostProcess');
    }
    if (own ?? ofPod) hosts++;
  }
  if (hosts === 0) return;
  if (hosts !== all) {
    at.invalid('', 'If pod contains any hostProcess containers then all containers must be HostProcess containers');
  }
  if (!spec.hostNetwork) {
    at.invalid(false, 'hostNetwork must be true if pod contains any hostProcess containers', 'hostNetwork');
  }
};
