// A Pod's spec, in Pods and in workloads' templates. Source: pkg/apis/core/validation ValidatePodSpec.
import { each, form, given, object, oneOf, since } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength, dnsLabel, dnsSubdomain } from '../values/names';
import { affinity, nodeName } from './affinity';
import { container, ephemeralContainer, initContainer } from './container';
import { dns } from './dns-config';
import { labels } from './labels';
import { containersOf, inPod, type PodFacts, podOf, readPod } from './pod-facts';
import { hostDevices, hostPorts, hostUsers, processNamespace } from './pod-host';
import { hostProcess, podOs } from './pod-os';
import { resourceClaims } from './pod-resource-claims';
import { podLevelResources } from './pod-resources';
import { containerResources } from './resources';
import { hostAliases, readinessGates, schedulingGates, toleration } from './scheduling';
import { podSecurityContext } from './security-context';
import { topologySpreadConstraints } from './topology-spread';
import { volumes } from './volume';

const is = (value: Any) => value !== undefined && value !== null;

/** Names are unique over containers of every kind; the API server reports the later one. */
const containerNames: Check = (spec: Any, at: Cursor) => {
  const seen = new Set<string>();
  at.rule = 'api/container-name';
  for (const field of ['containers', 'initContainers', 'ephemeralContainers']) {
    const list = spec[field] ?? [];
    for (let i = 0; i < list.length; i++) {
      const name = list[i]?.name ?? '';
      if (name && seen.has(name)) at.duplicate(name, field, i, 'name');
      seen.add(name);
      const target = list[i]?.targetContainerName;
      const others = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
      if (field === 'ephemeralContainers' && target && !others.some((other: Any) => other?.name === target)) {
        at.notFound(target, '', field, i, 'targetContainerName');
      }
    }
  }
  at.rule = 'api/pod-spec';
};

const hostnameOverride: Check = (spec: Any, at: Cursor) => {
  const name = spec.hostnameOverride;
  if (!is(name)) return;
  if (spec.setHostnameAsFQDN) at.forbidden('may not be specified when setHostnameAsFQDN is true', 'hostnameOverride');
  if (spec.hostNetwork) at.forbidden('may not be specified when hostNetwork is true', 'hostnameOverride');
  if (byteLength(name) > 64) at.tooLong(64, 'hostnameOverride');
  at.enter('hostnameOverride', form(dnsSubdomain), name);
};

/** The field's older name counts where the newer is not given. */
const serviceAccount: Check = (spec: Any, at: Cursor) => {
  if (spec.serviceAccountName || !spec.serviceAccount) return;
  for (const problem of dnsSubdomain(spec.serviceAccount) ?? []) {
    at.invalid(spec.serviceAccount, problem, 'serviceAccount').says(1, 'serviceAccountName');
  }
};

const fileKeys: Check = (spec: Any, at: Cursor) => {
  const { volumes } = podOf(at);
  for (const [one, field, index] of containersOf(spec)) {
    (one.env ?? []).forEach((variable: Any, i: number) => {
      const reference = variable?.valueFrom?.fileKeyRef;
      if (!reference) return;
      const volume = volumes.get(reference.volumeName);
      const steps = [field, index, 'env', i, 'valueFrom', 'fileKeyRef', 'volumeName'];
      if (!volume) at.notFound(reference.volumeName ?? '', '', ...steps);
      else if (!volume.emptyDir)
        at.invalid(reference.volumeName, 'referenced volume must be of type emptyDir', ...steps);
    });
  }
};

/** The fields, then what holds between them; runs inside {@link podSpec}. */
const fields: Check = object(
  'api/pod-spec',
  {
    volumes,
    resourceClaims,
    containers: { check: each(container), required: '' },
    initContainers: each(initContainer),
    ephemeralContainers: each(ephemeralContainer),
    restartPolicy: oneOf('Always', 'OnFailure', 'Never'),
    dnsPolicy: oneOf('ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'),
    nodeSelector: labels,
    securityContext: podSecurityContext,
    affinity,
    readinessGates,
    schedulingGates,
    topologySpreadConstraints,
    serviceAccountName: form(dnsSubdomain),
    nodeName,
    activeDeadlineSeconds: (seconds: Any, at: Cursor) => {
      if (seconds < 1 || seconds > 2147483647) at.invalid(seconds, 'must be between 1 and 2147483647, inclusive');
    },
    hostname: form(dnsLabel),
    subdomain: form(dnsLabel),
    tolerations: each(toleration),
    hostAliases,
    priorityClassName: form(dnsSubdomain),
    runtimeClassName: given(form(dnsSubdomain)),
    preemptionPolicy: given((policy: Any, at: Cursor) => {
      if (policy === '') at.required('');
      else oneOf('PreemptLowerPriority', 'Never')(policy, at);
    }),
    overhead: (amounts: Any, at: Cursor) => {
      const from = at.faults.length;
      containerResources({ limits: amounts }, at);
      // The API server reads it as if it were a container's limits.
      at.respell(from, at.path.length, 1);
    },
  },
  containerNames,
  hostPorts,
  dns,
  serviceAccount,
  processNamespace,
  hostProcess,
  hostUsers,
  since('1.34', hostDevices),
  hostnameOverride,
  podOs,
  podLevelResources,
  fileKeys,
);

/**
 * A Pod's spec.
 * @param isPod whether it is a Pod's own, about which the API server is stricter than about a template's
 */
export function podSpec(isPod: boolean): Check {
  return (spec: Any, at: Cursor) => {
    const pod: PodFacts = readPod(spec, isPod);
    inPod(pod, at, () => fields(spec, at));
  };
}
