// Pods, and the templates that workloads make them from. Source: pkg/apis/core/validation ValidatePodCreate,
// ValidatePodTemplateSpec.
import { object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { labels } from './labels';
import { annotations, subdomainMetadata, withMetadata } from './metadata';
import { podAnnotations, profilesAgree } from './pod-annotations';
import { podSpec } from './pod-spec';

const ownSpec = podSpec(true);
const templateSpec = podSpec(false);

/** Annotations and spec of a Pod; those of templates are named without `metadata` by the API server. */
function body(value: Any, spec: Check, at: Cursor): void {
  const notes = value.metadata?.annotations;
  if (notes) {
    at.path.push('metadata', 'annotations');
    podAnnotations(notes, value.spec ?? {}, at);
    at.path.length -= 2;
    at.enter('spec', profilesAgree(notes), value.spec ?? {});
  }
  at.enter('spec', spec, value.spec ?? {});
}

const onlyPods: Check = (pod: Any, at: Cursor) => {
  const spec = pod.spec ?? {};
  at.rule = 'api/pod';
  if (spec.ephemeralContainers?.length) at.forbidden('cannot be set on create', 'spec', 'ephemeralContainers');
  if (spec.nodeName && spec.schedulingGates?.length) {
    at.forbidden('cannot be set until all schedulingGates have been cleared', 'spec', 'nodeName');
  }
};

/** A Pod. */
export const pod: Check = object(
  'api/pod',
  {},
  withMetadata(subdomainMetadata),
  (value: Any, at: Cursor) => body(value, ownSpec, at),
  onlyPods,
);

/** What a workload makes its Pods from. */
export const podTemplate: Check = object('api/pod-template', {}, (template: Any, at: Cursor) => {
  const from = at.faults.length;
  const meta = template.metadata;
  if (meta?.labels) at.enter('metadata', (_, at) => at.enter('labels', labels, meta.labels), meta);
  if (meta?.annotations) at.enter('metadata', (_, at) => at.enter('annotations', annotations, meta.annotations), meta);
  body(template, templateSpec, at);
  // The API server names labels and annotations of templates without `metadata`.
  const step = at.path.length;
  for (const fault of at.faults.slice(from)) {
    if (fault.path[step] === 'metadata') fault.field = [...fault.path.slice(0, step), ...fault.path.slice(step + 1)];
  }
  if (template.spec?.ephemeralContainers?.length) {
    at.forbidden('ephemeral containers not allowed in pod template', 'spec', 'ephemeralContainers');
  }
});
