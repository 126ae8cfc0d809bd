// Volumes from the host are not mounted; the restricted level allows the kinds that are safe to give anyone.
// Fields: spec.volumes[*]. Allowed, baseline: all but hostPath. Restricted: configMap, csi, downwardAPI, emptyDir,
// ephemeral, image, persistentVolumeClaim, projected, secret.
import { main, type PodSecurityCheck } from './policy';

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
  id: 'pod-security/volumes',
  level: 'baseline',
  changes: [],
  summary: 'a volume that reaches files of the node, or of a kind that may',
  why: "A hostPath is a way to the node's own files, keys and sockets. The restricted level allows those kinds of volumes that are safe in the hands of anyone.",
  source: 'check_restrictedVolumes.go',
  fails: { volumes: [{ name: 'sockets', hostPath: { path: '/var/run' } }], containers: [main] },
  passes: { volumes: [{ name: 'cache', emptyDir: {} }], containers: [main] },
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
