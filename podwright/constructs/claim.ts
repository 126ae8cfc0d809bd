import type { ApiObjectMetadataDefinition } from 'cdk8s';
import { Construct } from 'constructs';
import { KubePersistentVolumeClaim, type ObjectMeta, type PersistentVolumeClaimSpec } from '../api/k8s';
import { markOurs } from '../synth/ours';
import { type Defaults, defaultsFaults, isOn } from './defaults';
import { KEEP, marked } from './gitops-marks';
import type { Props } from './pod-spec';
import { check } from './validation';
import { plain, type QuantityValue } from './values';
import { checkedId, objectMeta } from './workload';

/** The names of the defaults below. */
export const CLAIM_DEFAULTS = ['accessModes', 'keep'] as const;

/**
 * A default of a {@link Claim}:
 *
 * - `accessModes`: ReadWriteOnce, which every kind of storage has; the API asks for one at least.
 * - `keep`: annotations that keep Flux and Argo CD from deleting the claim, and the data with it, when it leaves the
 *   program. To have it deleted, leave this default out in one commit, and the claim in the next.
 */
export type ClaimDefault = (typeof CLAIM_DEFAULTS)[number];

/** Options of a {@link Claim}: the PersistentVolumeClaimSpec's own fields, flat, beside the object's metadata. */
export interface ClaimProps extends Props<PersistentVolumeClaimSpec> {
  /**
   * How much storage, as in resources.requests.storage: `'10Gi'`.
   * @default - what `resources` says; the API asks for one of them
   */
  readonly storage?: QuantityValue;

  /**
   * The object's metadata.
   * @default - the name is the construct's id; the namespace and labels are the chart's
   */
  readonly metadata?: ObjectMeta;

  /** Defaults to leave out: by name, or all with 'none'. @default - every default applies */
  readonly defaults?: Defaults<ClaimDefault>;
}

/**
 * A PersistentVolumeClaim: storage that outlives the pods that use it, and the program that asked for it.
 *
 * @example
 * new Claim(chart, 'models', { storage: '100Gi' });
 */
export class Claim extends Construct {
  /** The object that the cluster gets; patches to it are lossless. */
  readonly claim: KubePersistentVolumeClaim;

  constructor(scope: Construct, id: string, props: ClaimProps) {
    super(scope, checkedId(scope, id));
    const { storage, metadata, defaults, ...fields } = props;
    const meta = objectMeta(this, metadata);
    const { resources } = fields;
    const spec: PersistentVolumeClaimSpec = {
      ...(isOn(defaults, 'accessModes') && { accessModes: ['ReadWriteOnce'] }),
      ...plain<PersistentVolumeClaimSpec>(fields),
      ...(storage !== undefined && {
        resources: plain({ ...resources, requests: { storage, ...resources?.requests } }),
      }),
    };
    this.claim = new KubePersistentVolumeClaim(this, 'Default', {
      metadata: isOn(defaults, 'keep') ? marked(meta, KEEP) : meta,
      spec,
    });
    check(this, () => defaultsFaults(defaults, CLAIM_DEFAULTS));
  }

  /** The claim's name: a pod's `volumes: [{ name: 'data', persistentVolumeClaim: { claimName: claim.name } }]`. */
  get name(): string {
    return this.claim.name;
  }

  /** The claim's metadata: labels and annotations can be added to it. */
  get metadata(): ApiObjectMetadataDefinition {
    return this.claim.metadata;
  }
}

markOurs(Claim);
