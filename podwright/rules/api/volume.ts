// A Pod's volumes: one source each, and names of their own.
// Source: pkg/apis/core/validation ValidateVolumes, validateVolumeSource.
import { form, from, object, oneOf, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, dnsSubdomain } from '../values/names';
import { claimTemplate } from './claim';
import { podOf } from './pod-facts';
import { downwardAPI, projected } from './projected-volume';
import * as source from './volume-sources';

const ephemeral = object(undefined, { volumeClaimTemplate: required(claimTemplate) });

const image: Check = object(
  undefined,
  { pullPolicy: oneOf('Always', 'IfNotPresent', 'Never') },
  (value: Any, at: Cursor) => {
    if (value.reference) return;
    if (podOf(at).isPod) at.required('', 'reference');
    else at.within(from('1.37'), (_, at) => at.required('', 'reference'), 0);
  },
);

/** The kinds of volume in the order in which the API server counts them: those after the first are refused unread. */
const SOURCES: readonly (readonly [string, Check])[] = [
  ['emptyDir', source.emptyDir],
  ['hostPath', source.hostPath],
  ['gitRepo', source.gitRepo],
  ['gcePersistentDisk', source.gcePersistentDisk],
  ['awsElasticBlockStore', source.awsElasticBlockStore],
  ['secret', source.secret],
  ['nfs', source.nfs],
  ['iscsi', source.iscsi(false)],
  ['glusterfs', source.glusterfs],
  ['flocker', source.flocker],
  ['persistentVolumeClaim', source.persistentVolumeClaim],
  ['rbd', source.rbd],
  ['cinder', source.cinder],
  ['cephfs', source.cephfs],
  ['quobyte', source.quobyte],
  ['downwardAPI', downwardAPI],
  ['fc', source.fc],
  ['flexVolume', source.flexVolume],
  ['configMap', source.configMap],
  ['azureFile', source.azureFile],
  ['vsphereVolume', source.vsphereVolume],
  ['photonPersistentDisk', source.photonPersistentDisk],
  ['portworxVolume', source.portworxVolume],
  ['azureDisk', source.azureDisk],
  ['storageos', source.storageos(false)],
  ['projected', projected],
  ['scaleIO', source.scaleIO],
  ['csi', source.csi],
  ['ephemeral', ephemeral],
  ['image', image],
];
const order = new Map(SOURCES.map(([name, check], index) => [name, { index, check }]));

/** How the API server spells a source where it spells it otherwise. */
const SPELT: { readonly [source: string]: string } = { cephfs: 'cephFS', downwardAPI: 'downwarAPI' };

/** One source: a volume without any is an emptyDir. */
const oneSource: Check = (volume: Any, at: Cursor) => {
  const sources: { name: string; index: number; check: Check }[] = [];
  for (const name in volume) {
    const known = order.get(name);
    if (known && volume[name] !== undefined && volume[name] !== null) sources.push({ name, ...known });
  }
  if (sources.length > 1) sources.sort((a, b) => a.index - b.index);
  for (let i = 0; i < sources.length; i++) {
    const { name, check } = sources[i] as (typeof sources)[number];
    if (i > 0) at.forbidden('may not specify more than 1 volume type', name).says(1, SPELT[name] ?? name);
    else {
      const first = at.faults.length;
      at.enter(name, check, volume[name]);
      if (name !== 'gcePersistentDisk') continue;
      const step = at.path.length;
      for (const fault of at.faults.slice(first)) {
        fault.field = [...fault.path.slice(0, step), 'persistentDisk', ...fault.path.slice(step + 1)];
      }
    }
  }
  if (source.iscsiTooLong(volume.name ?? '', volume.iscsi)) {
    at.invalid(
      volume.name,
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
      'name',
    );
  }
};

const volume: Check = object('api/volume', { name: required(form(dnsLabel)) }, oneSource);

/** Claims that are not those of the Pod's own ephemeral volumes. */
function between(volumes: Any, at: Cursor): void {
  const { isPod } = podOf(at);
  const pod = isPod ? at.root.metadata?.name : undefined;
  const created = new Set<string>();
  for (const entry of volumes) if (pod && entry?.ephemeral) created.add(`${pod}-${entry.name ?? ''}`);
  for (let i = 0; i < volumes.length; i++) {
    const entry = volumes[i] ?? {};
    const claim = entry.persistentVolumeClaim?.claimName;
    if (claim && created.has(claim)) {
      const problem = 'must not reference a PVC that gets created for an ephemeral volume';
      at.invalid(claim, problem, i, 'persistentVolumeClaim', 'claimName');
    }
    if (pod && entry.ephemeral && entry.name) {
      const name = `${pod}-${entry.name}`;
      for (const problem of dnsSubdomain(name) ?? [])
        at.invalid(entry.name, `PVC name "${name}": ${problem}`, i, 'name');
    }
  }
}

/** Each volume, and names that are unique: of those that something is wrong with, none is taken. */
const each: Check = (volumes: Any, at: Cursor) => {
  const names = new Set<string>();
  for (let i = 0; i < volumes.length; i++) {
    const { name } = volumes[i] ?? {};
    const before = at.faults.length;
    at.enter(i, volume, volumes[i] ?? {});
    if (name && names.has(name)) at.duplicate(name, i, 'name');
    if (at.faults.length === before) names.add(name);
  }
};

/** A Pod's volumes. */
export const volumes: Check = object('api/volume', {}, each, between);
