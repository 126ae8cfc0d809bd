// StatefulSets. Source: pkg/apis/apps/validation ValidateStatefulSetSpec.
import { each, form, nonNegative, object, since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel } from '../values/names';
import { withSpec } from './apps';
import { claimSpec } from './claim';
import { atMostAll, intOrPercent, isNone } from './int-or-percent';
import { metadata, withMetadata } from './metadata';
import { podTemplate, podTemplateMetadata } from './pod';
import { alwaysRunning, selectorFits } from './workload';

const maxUnavailable: Check = (value: Any, at: Cursor) => {
  intOrPercent(value, at);
  if (isNone(value)) at.invalid(value, 'cannot be 0');
  atMostAll(value, at);
};

const rollingUpdate: Check = object(undefined, {
  partition: nonNegative,
  maxUnavailable,
});

const updateStrategy: Check = (strategy: Any, at: Cursor) => {
  const type = strategy.type || 'RollingUpdate';
  const rolling = strategy.rollingUpdate;
  if (type === 'OnDelete') {
    if (rolling) at.invalid(rolling, "only allowed for updateStrategy 'RollingUpdate'", 'rollingUpdate');
  } else if (type !== 'RollingUpdate') {
    at.invalid(strategy, "must be 'RollingUpdate' or 'OnDelete'").at('type');
  } else if (rolling) at.enter('rollingUpdate', rollingUpdate, rolling);
};

const KEPT = ['Retain', 'Delete'];
const retention: Check = (policy: Any, at: Cursor) => {
  for (const field of ['whenDeleted', 'whenScaled']) {
    const value = policy[field];
    if (value && !KEPT.includes(value)) at.notSupported(value, KEPT, field);
  }
};

const management: Check = (policy: Any, at: Cursor) => {
  if (policy !== 'OrderedReady' && policy !== 'Parallel') at.invalid(policy, "must be 'OrderedReady' or 'Parallel'");
};

/** The template with the volumes that the claim templates become, and without the names that Pods get anyway. */
function templateOf(spec: Any): Any {
  const template = spec.template ?? {};
  const claims: Any[] = spec.volumeClaimTemplates ?? [];
  const pod = template.spec ?? {};
  if (claims.length === 0 && !pod.hostname && !pod.subdomain) return template;
  const names = claims.map((claim) => claim?.metadata?.name ?? '');
  const own = pod.volumes ?? [];
  // A volume of the template that a claim has the name of is not looked at; the others keep their places.
  const volumes = own.map((volume: Any, index: number) =>
    names.includes(volume?.name) ? { name: `x-${index}`, emptyDir: {} } : volume,
  );
  for (const name of new Set(names)) volumes.push({ name, persistentVolumeClaim: { claimName: name } });
  return { ...template, spec: { ...pod, hostname: '', subdomain: '', volumes } };
}

/** Before 1.34 the API server did not look at the Pods of StatefulSets. */
const templateMetadata: Check = (spec: Any, at: Cursor) => {
  at.enter('template', podTemplateMetadata, spec.template ?? {});
};

/** The Pods, with their claims as volumes, which the API server counts first. */
const template: Check = (spec: Any, at: Cursor) => {
  const from = at.faults.length;
  at.enter('template', podTemplate, templateOf(spec));
  const names = [
    ...new Set<string>((spec.volumeClaimTemplates ?? []).map((claim: Any) => claim?.metadata?.name ?? '')),
  ];
  const own: Any[] = spec.template?.spec?.volumes ?? [];
  const step = at.path.length + 3;
  if (names.length === 0) return;
  for (const fault of at.faults.slice(from)) {
    const index = fault.path[step];
    if (fault.path[step - 1] !== 'volumes' || typeof index !== 'number') continue;
    const field = [...(fault.field ?? fault.path)];
    const claim = index - own.length;
    const replaced = own.slice(0, index).filter((volume) => names.includes(volume?.name ?? ''));
    field[step] = claim >= 0 ? claim : index + names.length - replaced.length;
    fault.field = field;
    if (claim >= 0) fault.path = [...at.path, 'volumeClaimTemplates', claim, 'metadata', 'name'];
  }
};

const statefulSetSpec: Check = object(
  'api/stateful-set',
  {
    podManagementPolicy: management,
    updateStrategy,
    persistentVolumeClaimRetentionPolicy: retention,
    volumeClaimTemplates: since('1.34', each(withSpec(claimSpec))),
    replicas: nonNegative,
    minReadySeconds: nonNegative,
    ordinals: object(undefined, {
      start: (start: Any, at: Cursor) => {
        if (start < 0) nonNegative(start, at);
      },
    }),
    serviceName: since('1.33', form(dnsLabel)),
  },
  selectorFits('statefulset'),
  since('1.34', template),
  until('1.34', templateMetadata),
  alwaysRunning('StatefulSet'),
);

/** A StatefulSet. */
export const statefulSet: Check = object(
  'api/stateful-set',
  {},
  withMetadata(metadata(dnsLabel)),
  withSpec(statefulSetSpec),
);
