// Volumes from the host are not mounted; the restricted level allows the kinds that are safe to give anyone.
// Fields: spec.volumes[*]. Allowed, baseline: all but hostPath. Restricted: configMap, csi, downwardAPI, emptyDir,
// ephemeral, image, persistentVolumeClaim, projected, secret.
import type { PodSecurityCheck } from './policy';

const SAFE = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

export const volumes: PodSecurityCheck = {
  id: 'volumes',
  level: 'baseline',
  reason: 'restricted volume types',
  check({ spec }, level, _minor, forbid) {
    (spec.volumes ?? []).forEach((entry: Record<string, unknown>, index: number) => {
      const volume = entry ?? {};
      const kind = Object.keys(volume).find(
        (key) => key !== 'name' && volume[key] !== undefined && volume[key] !== null,
      );
      // A volume without a source is an emptyDir.
      if (kind === undefined) return;
      const bad = level === 'baseline' ? volume.hostPath != null : !SAFE.some((safe) => volume[safe] != null);
      if (!bad) return;
      const shown = level === 'baseline' ? 'hostPath' : kind;
      const allowed = level === 'baseline' ? 'any kind but hostPath' : SAFE.join(', ');
      const detail = `volume "${volume.name ?? ''}" uses restricted volume type "${shown}"`;
      forbid(detail, `use ${allowed}`, 'spec', 'volumes', index, shown);
    });
  },
};
