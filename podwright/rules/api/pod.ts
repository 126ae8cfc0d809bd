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

/** Runs checks of a template; the API server names its labels and annotations without `metadata`. */
function withoutMetadata(check: Check): Check {
  return (template: Any, at: Cursor) => {
    const from = at.faults.length;
    check(template, at);
    const step = at.path.length;
    for (const fault of at.faults.slice(from)) {
      if (fault.path[step] === 'metadata') fault.field = [...fault.path.slice(0, step), ...fault.path.slice(step + 1)];
    }
  };
}

const labelsAndAnnotations: Check = object(undefined, { metadata: object(undefined, { labels, annotations }) });

/** Labels and annotations of a template, and of its spec what they must agree with. */
export const podTemplateMetadata: Check = object(
  'api/pod-template',
  {},
  withoutMetadata((template: Any, at: Cursor) => {
    labelsAndAnnotations(template, at);
    const notes = template.metadata?.annotations;
    if (!notes) return;
    at.path.push('metadata', 'annotations');
    podAnnotations(notes, template.spec ?? {}, at);
    at.path.length -= 2;
  }),
);

/** What a workload makes its Pods from. */
export const podTemplate: Check = object(
  'api/pod-template',
  {},
  withoutMetadata((template: Any, at: Cursor) => {
    labelsAndAnnotations(template, at);
    body(template, templateSpec, at);
  }),
  (template: Any, at: Cursor) => {
    if (template.spec?.ephemeralContainers?.length) {
      at.forbidden('ephemeral containers not allowed in pod template', 'spec', 'ephemeralContainers');
    }
  },
);
