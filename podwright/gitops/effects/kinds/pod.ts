import { same } from '../../../api/plain';
import type { Any, FieldRule, KindRules, Outcome } from '../effect';
import { inPlace } from '../effect';
import type { FieldChange } from '../fields';

const refused: Outcome = {
  effect: 'refused',
  what: 'a Pod takes no change to this field: delete it, and apply it again',
};

/** The container that a field belongs to. */
function containerOf({ path }: FieldChange, pod: Any): Any {
  return pod.spec?.[path[1] as string]?.[path[2] as number];
}

/** Whether the image of a container changes, and not the list of containers. */
function isImage({ path }: FieldChange): boolean {
  return path[3] === 'image';
}

/** Fields that take one sort of change. */
function only(at: string, what: string, allowed: (before: Any, after: Any) => boolean): FieldRule {
  return { at, does: ({ before, after }) => (allowed(before, after) ? inPlace(what) : refused) };
}

export const pod: KindRules = {
  kinds: ['Pod'],
  source: 'ValidatePodUpdate in pkg/apis/core/validation; computePodActions in pkg/kubelet/kuberuntime',
  rules: [
    {
      at: 'spec.containers.image',
      does: (field) =>
        !isImage(field)
          ? undefined
          : {
              effect: 'container-restart',
              what: `container ${field.name.replace(/^.*\[(.*)\]\.image$/, '$1')} starts again with the new image; the pod stays`,
              ends: 'what runs in the container',
            },
    },
    {
      at: 'spec.initContainers.image',
      does: (field, { after }) => {
        if (!isImage(field)) return undefined;
        if (containerOf(field, after)?.restartPolicy !== 'Always')
          return inPlace('an init container that has ended does not run again');
        return {
          effect: 'container-restart',
          what: 'the sidecar starts again with the new image; the pod stays',
          ends: 'what runs in the sidecar',
        };
      },
    },
    only(
      'spec.activeDeadlineSeconds',
      'the time that it ran counts as well',
      (before, after) => after !== undefined && (before === undefined || after <= before),
    ),
    only('spec.tolerations', 'a toleration is added', (before, after) =>
      (before ?? []).every((old: Any) => (after ?? []).some((now: Any) => same(old, now))),
    ),
    only('spec.schedulingGates', 'a gate is lifted', (before, after) =>
      (after ?? []).every((now: Any) => (before ?? []).some((old: Any) => same(old, now))),
    ),
    { at: 'spec', does: refused },
  ],
};
