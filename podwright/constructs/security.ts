import type { Container, PodSecurityContext, PodSpec, SecurityContext, Volume } from '../api/k8s';
import { type Defaults, isOn } from './defaults';

/** The user and group that containers run as: `nobody` in most images, and the owner of nothing. */
export const NOBODY = 65534;

/** The names of the defaults that every workload's pods have. */
export const POD_DEFAULTS = [
  'runAsNonRoot',
  'runAsUser',
  'runAsGroup',
  'fsGroup',
  'fsGroupChangePolicy',
  'seccompProfile',
  'allowPrivilegeEscalation',
  'capabilities',
] as const;

/**
 * A default of every workload's pods. Together they are what a namespace that enforces the `restricted` Pod Security
 * Standard asks for, plus what a process without root needs to start and to write to its volumes:
 *
 * - `runAsNonRoot`: true; `restricted` asks for it.
 * - `runAsUser`, `runAsGroup`: 65534, since most images name no user, and the kubelet refuses root under runAsNonRoot.
 * - `fsGroup`: the group, where a volume could otherwise not be used (a claim belongs to root, a file may be unreadable).
 * - `fsGroupChangePolicy`: OnRootMismatch beside that fsGroup, so that a big volume's owner is not set at each start.
 * - `seccompProfile`: RuntimeDefault; `restricted` asks for it.
 * - `allowPrivilegeEscalation`: false for each container; `restricted` asks for it.
 * - `capabilities`: drops ALL for each container; `restricted` asks for it.
 *
 * A field that is set wins, and a default that would contradict it is left out.
 */
export type PodDefault = (typeof POD_DEFAULTS)[number];

/** The user that containers run as: a number, which is the group too, or 'image' for the image's own. */
export type PodUser = number | 'image';

/** Fills the security defaults into a pod's spec; what it sets already stays. */
export function secure(spec: PodSpec, defaults: Defaults<PodDefault> | undefined, user: PodUser | undefined): PodSpec {
  const on = (name: PodDefault) => isOn(defaults, name);
  const isContainerSecure = (c: Container) => secureContainer(c, spec, on);
  const securityContext = podSecurity(spec, on, user);
  return {
    ...spec,
    ...(isEmpty(securityContext) ? {} : { securityContext }),
    containers: spec.containers.map(isContainerSecure),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(isContainerSecure) }),
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function podSecurity(spec: PodSpec, on: (name: PodDefault) => boolean, user: PodUser | undefined): PodSecurityContext {
  const given = spec.securityContext ?? {};
  const result: Mutable<PodSecurityContext> = { ...given };
  if (typeof user === 'number') {
    result.runAsUser ??= user;
    result.runAsGroup ??= user;
  }
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  // The kubelet starts no container as root under runAsNonRoot, so one that asks for root leaves it out.
  const asksForRoot =
    result.runAsUser === 0 ||
    containers.some((c) => c.securityContext?.runAsUser === 0 && c.securityContext.runAsNonRoot === undefined);
  if (on('runAsNonRoot') && !asksForRoot && !isHostProcess(spec)) result.runAsNonRoot ??= true;
  if (isWindows(spec)) return result;

  const leavesUser = user === 'image' || result.runAsNonRoot === false;
  if (on('runAsUser') && !leavesUser) result.runAsUser ??= NOBODY;
  // A runtime refuses a group without a user, and root's own group belongs to root.
  if (on('runAsGroup') && !leavesUser && result.runAsUser) result.runAsGroup ??= NOBODY;
  if (on('fsGroup') && result.fsGroup === undefined && result.runAsUser !== 0 && spec.volumes?.some(needsFsGroup)) {
    result.fsGroup = result.runAsGroup || NOBODY;
    if (on('fsGroupChangePolicy')) result.fsGroupChangePolicy ??= 'OnRootMismatch';
  }
  if (on('seccompProfile')) result.seccompProfile ??= { type: 'RuntimeDefault' };
  return result;
}

function secureContainer(container: Container, spec: PodSpec, on: (name: PodDefault) => boolean): Container {
  const given = container.securityContext;
  // The API server refuses Linux fields in a Windows pod; a privileged container has every capability.
  if (isWindows(spec) || given?.privileged) return container;
  const result: Mutable<SecurityContext> = { ...given };
  const isAdmin = given?.capabilities?.add?.some((name) => /^(CAP_)?SYS_ADMIN$/.test(name));
  if (on('allowPrivilegeEscalation') && !isAdmin) result.allowPrivilegeEscalation ??= false;
  if (on('capabilities')) result.capabilities = { drop: ['ALL'], ...given?.capabilities };
  return isEmpty(result) ? container : { ...container, securityContext: result };
}

function isWindows(spec: PodSpec): boolean {
  return spec.os?.name === 'windows';
}

// A Windows host process runs as the node's own user.
function isHostProcess(spec: PodSpec): boolean {
  const contexts = [spec.securityContext, ...spec.containers.map((c) => c.securityContext)];
  return contexts.some((context) => context?.windowsOptions?.hostProcess === true);
}

// A claim's file system belongs to root, and so does a file that only its owner may read. emptyDir is open to all.
function needsFsGroup(volume: Volume): boolean {
  if (volume.persistentVolumeClaim) return !volume.persistentVolumeClaim.readOnly;
  if (volume.ephemeral) return true;
  const files = volume.secret ?? volume.configMap ?? volume.downwardAPI ?? volume.projected;
  if (!files) return false;
  const sources = volume.projected?.sources ?? [];
  const items = [files, ...sources.flatMap((s) => [s.secret, s.configMap, s.downwardAPI])].flatMap((source) =>
    source && 'items' in source ? (source.items ?? []) : [],
  );
  return [files.defaultMode, ...items.map((item) => item.mode)].some((mode) => isUnreadable(mode));
}

const OTHERS_READ = 0o004;
function isUnreadable(mode: number | undefined): boolean {
  return mode !== undefined && (mode & OTHERS_READ) === 0;
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
