import { type ApiObject, Lazy, resolve } from 'cdk8s';
import type { JobSpec, ObjectMeta } from '../api/k8s';
import { written } from '../synth/written';
import { marked, RECREATE } from './gitops-marks';
import { contentHash } from './hash';
import { fault } from './validation';

const CHOICES = ['new-name', 'recreate'] as const;

/** What a change does that the API server does not take. */
export type OnChange = (typeof CHOICES)[number];

/** How a Job takes changes to what it cannot change. */
export interface OnChangeProps {
  /**
   * What a change to the Job's template, which the API server does not take, does under GitOps:
   *
   * - 'new-name': the name ends in a hash of all that cannot be changed, as it is written, patches and locked images too,
   *   so that a changed Job is a new one, and the old one is pruned.
   * - 'recreate': annotations let Flux and Argo CD delete the Job and make it again.
   *
   * Either way what runs of it is ended.
   * @default - neither: a changed Job is refused, and with it, under Flux, the whole revision that it is part of
   */
  readonly onChange?: OnChange;
}

/** A Job's metadata under its `onChange`, with the name or the annotations that it asks for. */
export function onChangeMeta(
  metadata: ObjectMeta,
  onChange: OnChange | undefined,
  object: () => ApiObject,
): ObjectMeta {
  if (onChange === 'recreate') return marked(metadata, RECREATE);
  if (onChange !== 'new-name') return metadata;
  let isMaking = false;
  const name = () => {
    const base = resolve([], metadata.name, object());
    // What the Job says of its own name is no part of what makes that name.
    if (isMaking) return base;
    isMaking = true;
    try {
      return `${base}-${contentHash(immutable((written(object()).spec ?? {}) as JobSpec))}`;
    } finally {
      isMaking = false;
    }
  };
  return { ...metadata, name: Lazy.any({ produce: name }) };
}

/** The faults of an `onChange` that types have not caught. */
export function onChangeFaults(onChange: unknown, metadata: ObjectMeta | undefined): string[] {
  if (onChange === undefined) return [];
  if (!(CHOICES as readonly unknown[]).includes(onChange)) {
    return [fault('onChange', 'is not a choice', onChange, CHOICES.map((choice) => `'${choice}'`).join(' or '))];
  }
  if (onChange !== 'new-name' || metadata?.generateName === undefined) return [];
  return [fault('onChange', 'has no name to add to beside metadata.generateName', onChange, 'one of the two')];
}

// What the API server takes changes to; all else is part of what the Job is.
const MUTABLE = [
  'activeDeadlineSeconds',
  'backoffLimit',
  'maxFailedIndexes',
  'parallelism',
  'podReplacementPolicy',
  'suspend',
  'ttlSecondsAfterFinished',
] as const satisfies readonly (keyof JobSpec)[];

function immutable(spec: JobSpec): object {
  return Object.fromEntries(Object.entries(spec).filter(([field]) => !(MUTABLE as readonly string[]).includes(field)));
}
