// Mounts and devices of a container: each names a volume of the Pod. Source: pkg/apis/core/validation
// ValidateVolumeMounts, ValidateVolumeDevices.
import type { Any, Check, Cursor, Fault } from '../engine/cursor';
import { descendingPath } from './paths';
import { podOf } from './pod-facts';

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const RECURSIVE = ['Disabled', 'Enabled', 'IfPossible'];

/** The API server forgets which mount it is for all but names and paths. */
function forgotten(fault: Fault, field: string): void {
  fault.says(2, field);
}

function subPath(mount: Any, field: string, at: Cursor): void {
  const from = at.faults.length;
  at.enter(field, descendingPath, mount[field]);
  for (const fault of at.faults.slice(from)) forgotten(fault, field);
}

function propagation(mount: Any, container: Any, at: Cursor): void {
  const { mountPropagation: given, recursiveReadOnly: recursive } = mount;
  if (given !== undefined && given !== null) {
    if (!PROPAGATIONS.includes(given))
      forgotten(at.notSupported(given, PROPAGATIONS, 'mountPropagation'), 'mountPropagation');
    if (given === 'Bidirectional' && !container.securityContext?.privileged) {
      const problem = 'Bidirectional mount propagation is available only to privileged containers';
      forgotten(at.forbidden(problem, 'mountPropagation'), 'mountPropagation');
    }
  }
  if (recursive === undefined || recursive === null || recursive === 'Disabled') return;
  const say = (fault: Fault) => forgotten(fault, 'recursiveReadOnly');
  if (!RECURSIVE.includes(recursive)) say(at.notSupported(recursive, RECURSIVE, 'recursiveReadOnly'));
  else {
    if (!mount.readOnly) say(at.forbidden('may only be specified when readOnly is true', 'recursiveReadOnly'));
    if ((given ?? 'None') !== 'None') {
      say(at.forbidden('may only be specified when mountPropagation is None or not specified', 'recursiveReadOnly'));
    }
  }
}

/** A container's mounts. */
export const volumeMounts: Check = (container: Any, at: Cursor) => {
  const mounts = container.volumeMounts;
  if (!mounts) return;
  const { volumes } = podOf(at);
  const devices = container.volumeDevices ?? [];
  const paths = new Set<string>();
  const outer = at.rule;
  at.rule = 'api/volume-mount';
  at.path.push('volumeMounts');
  for (let i = 0; i < mounts.length; i++) {
    const mount = mounts[i] ?? {};
    const { name = '', mountPath = '' } = mount;
    at.path.push(i);
    if (!name) at.required('', 'name');
    if (!volumes.has(name)) at.notFound(name, '', 'name');
    if (!mountPath) at.required('', 'mountPath');
    if (paths.has(mountPath)) at.invalid(mountPath, 'must be unique', 'mountPath');
    paths.add(mountPath);
    for (const device of devices) {
      if (device?.name === name) at.invalid(name, 'must not already exist in volumeDevices', 'name');
      if ((device?.devicePath ?? '') === mountPath) {
        at.invalid(mountPath, 'must not already exist as a path in volumeDevices', 'mountPath');
      }
    }
    if (mount.subPath) subPath(mount, 'subPath', at);
    if (mount.subPathExpr) {
      if (mount.subPath) {
        at.invalid(mount.subPathExpr, 'subPathExpr and subPath are mutually exclusive', 'subPathExpr');
      }
      subPath(mount, 'subPathExpr', at);
    }
    propagation(mount, container, at);
    at.path.pop();
  }
  at.path.pop();
  at.rule = outer;
};

/** A container's block devices. */
export const volumeDevices: Check = (container: Any, at: Cursor) => {
  const devices = container.volumeDevices;
  if (!devices) return;
  const { volumes } = podOf(at);
  const mounts = container.volumeMounts ?? [];
  const names = new Set<string>();
  const paths = new Set<string>();
  const outer = at.rule;
  at.rule = 'api/volume-device';
  at.path.push('volumeDevices');
  for (let i = 0; i < devices.length; i++) {
    const { name = '', devicePath = '' } = devices[i] ?? {};
    const volume = volumes.get(name);
    at.path.push(i);
    if (!name) at.required('', 'name');
    else if (names.has(name)) at.invalid(name, 'must be unique', 'name');
    if (!volume) at.notFound(name, '', 'name');
    else if (!volume.persistentVolumeClaim && !volume.ephemeral) {
      at.invalid(name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode', 'name');
    }
    if (!devicePath) at.required('', 'devicePath');
    if (paths.has(devicePath)) at.invalid(devicePath, 'must be unique', 'devicePath');
    if (devicePath.split('/').includes('..')) at.invalid(devicePath, "can not contain backsteps ('..')", 'devicePath');
    else paths.add(devicePath);
    for (const mount of mounts) {
      if (mount?.name === name) at.invalid(name, 'must not already exist in volumeMounts', 'name');
      if ((mount?.mountPath ?? '') === devicePath) {
        at.invalid(devicePath, 'must not already exist as a path in volumeMounts', 'devicePath');
      }
    }
    if (name) names.add(name);
    at.path.pop();
  }
  at.path.pop();
  at.rule = outer;
};
