import { quantityOf } from '../../../api/quantity';
import type { KindRules, Outcome } from '../effect';
import { inPlace, recreate } from '../effect';

function refused(what: string): Outcome {
  return { effect: 'refused', what };
}

export const claim: KindRules = {
  kinds: ['PersistentVolumeClaim'],
  source:
    'ValidatePersistentVolumeClaimUpdate in pkg/apis/core/validation; plugin/pkg/admission/storage/persistentvolume/resize',
  rules: [
    {
      at: 'spec.resources.requests.storage',
      does: ({ before, after }, { after: now, cluster }) => {
        if (quantityOf(after).nano === quantityOf(before).nano) return inPlace('the same amount in another form');
        if (quantityOf(after).nano < quantityOf(before).nano) return refused('a claim does not shrink');
        const { storageClassName } = now.spec;
        const ofClass = cluster.storageClass(storageClassName);
        if (storageClassName === '' || (ofClass && ofClass.allowVolumeExpansion !== true))
          return refused('a claim grows only where its StorageClass has allowVolumeExpansion');
        return inPlace('the claim grows, where it is bound and its StorageClass has allowVolumeExpansion');
      },
    },
    { at: 'spec.volumeAttributesClassName', does: inPlace('its driver changes the volume') },
    {
      at: 'spec.volumeName',
      does: ({ before }) => (before === undefined ? inPlace('it is bound to that volume') : undefined),
    },
    {
      at: 'spec.storageClassName',
      does: ({ before }) =>
        before === undefined
          ? refused('a claim is immutable, and the cluster may have given it its default class; it takes one where not')
          : undefined,
    },
    { at: 'spec', does: refused('a claim is immutable but for its size: a new one has none of its data') },
  ],
};

const SOURCES =
  /^(accessModes|capacity|claimRef|mountOptions|nodeAffinity|persistentVolumeReclaimPolicy|storageClassName|volumeAttributesClassName)$/;

export const volume: KindRules = {
  kinds: ['PersistentVolume'],
  source: 'ValidatePersistentVolumeUpdate in pkg/apis/core/validation',
  rules: [
    { at: 'spec.volumeMode', does: recreate('volumeMode is immutable', 'its claim, which is Lost meanwhile') },
    {
      at: 'spec.nodeAffinity',
      does: ({ before, after }) =>
        before === undefined
          ? undefined
          : recreate(after ? 'nodeAffinity is immutable' : 'nodeAffinity stays', 'its claim, which is Lost meanwhile'),
    },
    {
      at: 'spec',
      does: ({ path }) =>
        SOURCES.test(String(path[1]))
          ? undefined
          : recreate('what the volume is is immutable', 'its claim, which is Lost meanwhile'),
    },
  ],
};

const fixed = (at: string) => ({ at, does: recreate(`${at} is immutable`) });

export const storageClass: KindRules = {
  kinds: ['storage.k8s.io/StorageClass'],
  source: 'ValidateStorageClassUpdate in pkg/apis/storage/validation',
  rules: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'].map(fixed),
  others: inPlace('volumes that are made from now on follow it'),
};

export const volumeAttributesClass: KindRules = {
  kinds: ['storage.k8s.io/VolumeAttributesClass'],
  source: 'ValidateVolumeAttributesClassUpdate in pkg/apis/storage/validation',
  rules: ['driverName', 'parameters'].map(fixed),
};

export const csiDriver: KindRules = {
  kinds: ['storage.k8s.io/CSIDriver'],
  source: 'ValidateCSIDriverUpdate in pkg/apis/storage/validation',
  rules: ['spec.attachRequired', 'spec.volumeLifecycleModes'].map(fixed),
};
