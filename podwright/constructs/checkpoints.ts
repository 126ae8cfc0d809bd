import type { Construct } from 'constructs';
import type { ObjectMeta } from '../api/k8s';
import { Claim, type ClaimProps } from './claim';
import { isOn } from './defaults';
import { fault } from './validation';
import type { NameValue } from './values';

/** Where a training keeps its checkpoints: on a claim that is made for it, or on one that is there. */
export interface CheckpointProps extends Omit<ClaimProps, 'metadata'> {
  /**
   * A claim that is there.
   * @default - one is made, of the size that `storage` says; it is called after the training, with `-checkpoints`
   */
  readonly claimName?: NameValue;

  /** Where the containers find the volume; the variable CHECKPOINT_DIR says it too. @default '/checkpoints' */
  readonly mountPath?: string;
}

/** Makes a training's claim, unless it has one; workers on several nodes need it to be written from all of them. */
export function checkpointClaim(
  scope: Construct,
  metadata: ObjectMeta,
  nodes: number,
  props: CheckpointProps,
): Claim | undefined {
  const { claimName, mountPath: _, accessModes, ...claim } = props;
  if (claimName !== undefined) return undefined;
  const isShared = nodes > 1 && isOn(claim.defaults, 'accessModes');
  return new Claim(scope, 'checkpoints', {
    ...claim,
    accessModes: accessModes ?? (isShared ? ['ReadWriteMany'] : undefined),
    metadata,
  });
}

/** The faults of checkpoints that are on no claim, or on two. */
export function checkpointFaults(props: CheckpointProps | undefined): string[] {
  if (!props) return [];
  const { claimName, storage, resources } = props;
  const size = storage ?? resources;
  if (claimName !== undefined && size !== undefined) {
    return [fault('checkpoints', 'are on a claim that is there and on one to be made', props, 'claimName or storage')];
  }
  if (claimName !== undefined || size !== undefined) return [];
  return [fault('checkpoints', 'are on no claim', props, "claimName, or storage such as '10Gi'")];
}
