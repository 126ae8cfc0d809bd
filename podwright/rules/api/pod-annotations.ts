// Annotations that Pods were once configured by, and that must agree with the fields that took their place.
// Source: pkg/apis/core/validation ValidatePodSpecificAnnotations, validateSeccompAnnotationsAndFields.
import type { Any, Check, Cursor } from '../engine/cursor';
import { descendingPath } from './paths';
import { containersOf } from './pod-facts';
import { toleration } from './scheduling';

const MIRROR = 'kubernetes.io/config.mirror';
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

function deletionCost(annotations: Any, at: Cursor): void {
  const text: string | undefined = annotations[DELETION_COST] ?? undefined;
  if (text === undefined) return;
  if (!/^(0|-?[1-9][0-9]*)$/.test(text) || Math.abs(Number(text)) > 2 ** 31 || Number(text) === 2 ** 31) {
    at.invalid(text, 'must be a 32bit integer', DELETION_COST);
  }
}

function oldTolerations(annotations: Any, at: Cursor): void {
  const text = annotations[TOLERATIONS];
  if (!text) return;
  try {
    const list = JSON.parse(text);
    if (!Array.isArray(list)) throw new Error('not a list');
    list.forEach((entry, index) => {
      at.path.push(TOLERATIONS, index);
      toleration(entry ?? {}, at);
      at.path.length -= 2;
    });
  } catch (error) {
    at.invalid(TOLERATIONS, String((error as Error).message)).at(TOLERATIONS);
  }
}

function seccompProfile(annotations: Any, key: string, at: Cursor): void {
  const profile = annotations[key] ?? '';
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return;
  if (profile.startsWith('localhost/')) at.enter(key, descendingPath, profile.slice('localhost/'.length));
  else at.invalid(profile, 'must be a valid seccomp profile', key);
}

function appArmorProfile(annotations: Any, key: string, spec: Any, at: Cursor): void {
  const name = key.slice(APPARMOR.length);
  const profile = annotations[key] ?? '';
  if (!containersOf(spec).some(([container]) => (container.name ?? '') === name)) {
    at.invalid(name, 'container not found', key);
  }
  if (
    profile !== '' &&
    profile !== 'runtime/default' &&
    profile !== 'unconfined' &&
    !profile.startsWith('localhost/')
  ) {
    at.invalid(profile, `invalid AppArmor profile name: "${profile}"`, key);
  }
}

/** Whether an annotation says what a profile's fields say. */
function differs(annotation: string, profile: Any): 'type' | 'localhostProfile' | undefined {
  if (profile.type === 'Unconfined') return annotation === 'unconfined' ? undefined : 'type';
  if (profile.type === 'RuntimeDefault') {
    return annotation === 'runtime/default' || annotation === 'docker/default' ? undefined : 'type';
  }
  if (profile.type !== 'Localhost') return undefined;
  if (!annotation.startsWith('localhost/')) return 'type';
  return annotation === `localhost/${profile.localhostProfile}` ? undefined : 'localhostProfile';
}

function agree(what: string, annotation: unknown, profile: Any, at: Cursor, ...steps: (string | number)[]): void {
  if (typeof annotation !== 'string' || !profile) return;
  const field = differs(annotation, profile);
  if (field === 'type') at.forbidden(`${what} type in annotation and field must match`, ...steps, 'type');
  else if (field) at.forbidden(`${what} profile in annotation and field must match`, ...steps, field);
}

/** The annotations of a Pod or template; the cursor stands on them. */
export function podAnnotations(annotations: Any, spec: Any, at: Cursor): void {
  if (MIRROR in annotations && !spec.nodeName) {
    at.invalid(annotations[MIRROR] ?? '', 'must set spec.nodeName if mirror pod annotation is set', MIRROR);
  }
  oldTolerations(annotations, at);
  deletionCost(annotations, at);
  for (const key in annotations) {
    if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER)) seccompProfile(annotations, key, at);
    else if (key.startsWith(APPARMOR)) appArmorProfile(annotations, key, spec, at);
  }
}

/** Profiles in a Pod's annotations against those in its spec; the cursor stands on the spec. */
export function profilesAgree(annotations: Any): Check {
  return (spec: Any, at: Cursor) => {
    const pod = spec.securityContext;
    agree('seccomp', annotations[SECCOMP_POD], pod?.seccompProfile, at, 'securityContext', 'seccompProfile');
    for (const [container, field, index] of containersOf(spec)) {
      const steps = [field, index, 'securityContext'];
      const own = container.securityContext;
      agree(
        'seccomp',
        annotations[SECCOMP_CONTAINER + container.name],
        own?.seccompProfile,
        at,
        ...steps,
        'seccompProfile',
      );
      if (spec.os?.name === 'windows') continue;
      const profile = own?.appArmorProfile ?? pod?.appArmorProfile;
      agree('apparmor', annotations[APPARMOR + container.name], profile, at, ...steps, 'appArmorProfile');
    }
  };
}
