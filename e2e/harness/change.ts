import type { EffectClass } from '../../podwright/report/diff';
import type { Manifest } from './program';

/** A change of one object, the objects around it that stay as they are, and what it is predicted to do. */
export interface Change {
  /** Of the object, and the label `change` of the pods that are looked at. */
  readonly name: string;
  readonly what: string;
  /** As the object is applied at first, where it could not come to be as it is before the change. @default - `before` */
  readonly first?: Manifest;
  readonly before: Manifest;
  readonly after: Manifest;
  /** What else there is. @default - nothing */
  readonly beside?: readonly Manifest[];
  /** What else there is after the change. @default - nothing */
  readonly added?: readonly Manifest[];
  /** Written down beside what is computed, so that both are read. */
  readonly effect: EffectClass;
  /** A command after which pods show what they waited for. @default - one of them is deleted */
  readonly lift?: string;
  /** The file, in the pod's first container, that a mounted ConfigMap is seen in. @default - none is mounted */
  readonly file?: string;
}

/** What a container says when it has told all. */
export const TOLD = 'that is all';

const secure = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** A container that tells its environment, and ends at once when it is told to. */
export function container(more: Manifest = {}): Manifest {
  return {
    name: 'main',
    image: 'busybox:1.37',
    command: ['sh', '-c', `env; cat /data/text; echo; echo ${TOLD}; trap exit TERM; while sleep 1; do :; done`],
    securityContext: secure,
    ...more,
  };
}

export function podSpec(more: Manifest = {}, main: Manifest = {}): Manifest {
  const securityContext = { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } };
  return { securityContext, terminationGracePeriodSeconds: 1, containers: [container(main)], ...more };
}

/** An object of whatever kind. */
export function object(apiVersion: string, kind: string, name: string, fields: Manifest = {}): Manifest {
  const { metadata, ...rest } = fields;
  return { apiVersion, kind, metadata: { name, ...metadata }, ...rest };
}

/** A workload whose pods have the label `change`. */
export function workload(kind: string, name: string, spec: Manifest = {}, pod: Manifest = podSpec()): Manifest {
  const labels = { change: name };
  const apiVersion = kind === 'Job' ? 'batch/v1' : 'apps/v1';
  const selector = kind === 'Job' ? {} : { selector: { matchLabels: labels } };
  return object(apiVersion, kind, name, {
    spec: { ...selector, template: { metadata: { labels }, spec: pod }, ...spec },
  });
}
