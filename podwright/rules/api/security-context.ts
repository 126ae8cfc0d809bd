// Security contexts of containers and Pods. Source: pkg/apis/core/validation ValidateSecurityContext,
// validatePodSpecSecurityContext.
import { between, each, form, given, object, oneOf } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength, dnsSubdomain } from '../values/names';
import { descendingPath } from './paths';
import { podOf } from './pod-facts';

/** A user's or group's number: 0 to 2147483647. */
const id: Check = between(0, 2147483647);

const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];

const seccompProfile: Check = object('api/seccomp-profile', {}, (profile: Any, at: Cursor) => {
  const { type = '', localhostProfile } = profile;
  if (!type) at.required('type is required when seccompProfile is set', 'type');
  else if (!PROFILE_TYPES.includes(type)) at.notSupported(type, PROFILE_TYPES, 'type');
  const has = localhostProfile !== undefined && localhostProfile !== null;
  if (type !== 'Localhost') {
    if (has) at.invalid(profile, 'can only be set when seccomp type is Localhost', 'localhostProfile');
  } else if (!has) at.required('must be set when seccomp type is Localhost', 'localhostProfile');
  else at.enter('localhostProfile', descendingPath, localhostProfile);
});

const appArmorProfile: Check = object('api/apparmor-profile', {}, (profile: Any, at: Cursor) => {
  const { type = '', localhostProfile } = profile;
  const has = localhostProfile !== undefined && localhostProfile !== null;
  if (!type) at.required('type is required when appArmorProfile is set', 'type');
  else if (!PROFILE_TYPES.includes(type)) at.notSupported(type, PROFILE_TYPES, 'type');
  else if (type !== 'Localhost') {
    if (has) at.invalid(localhostProfile, 'can only be set when AppArmor type is Localhost', 'localhostProfile');
  } else if (!has || localhostProfile === '') {
    at.required('must be set when AppArmor type is Localhost', 'localhostProfile');
  } else {
    if (localhostProfile.trim() !== localhostProfile) {
      at.invalid(localhostProfile, 'must not be padded with whitespace', 'localhostProfile');
    }
    if (byteLength(localhostProfile) > 4095) at.tooLong(4095, 'localhostProfile');
  }
});

const DNS_LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const WINDOWS_DOMAIN = new RegExp(`^(?:[^\\\\/:*?"<>|.][^\\\\/:*?"<>|]{0,14}|${DNS_LABEL}(?:\\.${DNS_LABEL})*)$`);

const runAsUserName: Check = (name: Any, at: Cursor) => {
  const say = (problem: string) => at.invalid(name, problem);
  if (name === '') return say('runAsUserName cannot be an empty string');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is looked for
  if (/[\x00-\x1f\x7f]/.test(name)) return say('runAsUserName cannot contain control characters');
  const parts: string[] = name.split('\\');
  if (parts.length > 2) return say('runAsUserName cannot contain more than one backslash');
  const user = parts[parts.length - 1] as string;
  const domain = parts.length === 2 ? (parts[0] as string) : undefined;
  if (domain !== undefined) {
    if (byteLength(domain) >= 256) say("runAsUserName's Domain length must be under 256 characters");
    if (!WINDOWS_DOMAIN.test(domain)) say("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
  }
  if (user === '') say("runAsUserName's User cannot be empty");
  else if (byteLength(user) > 104) say("runAsUserName's User length must not be longer than 104 characters");
  if (/^[. ]+$/.test(user)) say("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) {
    say('runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  }
  return undefined;
};

const windowsOptions: Check = object('api/windows-options', {
  gmsaCredentialSpecName: given(form(dnsSubdomain)),
  gmsaCredentialSpec: given((spec: Any, at: Cursor) => {
    if (spec === '') at.invalid(spec, 'gmsaCredentialSpec cannot be an empty string');
    else if (byteLength(spec) > 64 * 1024) at.invalid(spec, 'gmsaCredentialSpec size must be under 64 KiB');
  }),
  runAsUserName: given(runAsUserName),
});

const procMount: Check = (mount: Any, at: Cursor) => {
  oneOf('Default', 'Unmasked')(mount, at);
  if (mount === 'Unmasked' && podOf(at).hostUsers) at.invalid(mount, '`hostUsers` must be false to use `Unmasked`');
};

const escalation: Check = (context: Any, at: Cursor) => {
  if (context.allowPrivilegeEscalation !== false) return;
  if (context.privileged)
    at.invalid(context, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true');
  for (const capability of context.capabilities?.add ?? []) {
    if (capability === 'CAP_SYS_ADMIN') {
      at.invalid(context, 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN');
    }
  }
};

/** A container's security context. */
export const securityContext: Check = object(
  'api/security-context',
  {
    runAsUser: id,
    runAsGroup: id,
    procMount: given(procMount),
    seccompProfile,
    appArmorProfile,
    windowsOptions,
  },
  escalation,
);

const SYSCTL = '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const sysctlName = new RegExp(`^${SYSCTL}$`);
const IPC_SYSCTLS =
  /^(?:kernel\.(?:sem|shmall|shmmax|shmmni|shm_rmid_forced|shm|msgmax|msgmnb|msgmni|msg)$|fs\.mqueue\.)/;

/** `net/ipv4/x` as `net.ipv4.x`: the first separator says which one parts the name. */
function normalSysctl(name: string): string {
  if (name[name.search(/[./]/)] !== '/') return name;
  return name.replace(/[./]/g, (separator) => (separator === '/' ? '.' : '/'));
}

const sysctls: Check = (list: Any, at: Cursor) => {
  const { spec } = podOf(at);
  const seen = new Set<string>();
  for (let i = 0; i < list.length; i++) {
    const name: string = list[i]?.name ?? '';
    if (name === '') at.required('', i, 'name');
    else if (byteLength(name) > 253 || !sysctlName.test(name)) {
      at.invalid(name, `must have at most 253 characters and match regex ^${SYSCTL}$`, i, 'name');
    } else if (seen.has(name)) at.duplicate(name, i, 'name');
    seen.add(name);
    const dotted = normalSysctl(name);
    if (spec.hostNetwork && dotted.startsWith('net.')) {
      at.invalid(name, "may not be specified when 'hostNetwork' is true", i, 'name');
    }
    if (spec.hostIPC && IPC_SYSCTLS.test(dotted)) {
      at.invalid(name, "may not be specified when 'hostIPC' is true", i, 'name');
    }
  }
};

/** A Pod's security context. */
export const podSecurityContext: Check = object('api/pod-security-context', {
  fsGroup: id,
  runAsUser: id,
  runAsGroup: id,
  supplementalGroups: each(id),
  sysctls,
  fsGroupChangePolicy: given(oneOf('Always', 'OnRootMismatch')),
  seccompProfile,
  windowsOptions,
  appArmorProfile,
  supplementalGroupsPolicy: given(oneOf('Merge', 'Strict')),
  seLinuxChangePolicy: given(oneOf('MountOption', 'Recursive')),
});
