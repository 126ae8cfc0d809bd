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

/** A field of the spec that takes one sort of change; the whole of it is looked at, whatever part of it changes. */
function only(name: string, what: string, allowed: (before: Any, after: Any) => boolean): FieldRule {
  return {
    at: `spec.${name}`,
    does: (_, { before, after }) => (allowed(before.spec?.[name], after.spec?.[name]) ? inPlace(what) : refused),
  };
}

/** Whether one list has all that is in another. */
function hasAll(list: readonly Any[] = [], others: readonly Any[] = []): boolean {
  return others.every((other) => list.some((item) => same(item, other)));
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
      'activeDeadlineSeconds',
      'the time that it ran counts as well',
      (before, after) => after !== undefined && (before === undefined || after <= before),
    ),
    only('tolerations', 'a toleration is added', (before, after) => hasAll(after, before)),
    only('schedulingGates', 'a gate is lifted', (before, after) => hasAll(before, after)),
    { at: 'spec', does: refused },
  ],
};
