// Volumes over iSCSI. Source: pkg/apis/core/validation validateISCSIVolumeSource.
import { between, object, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength } from '../values/names';

const secretName: Check = object(undefined, { name: required() });
const initiator = /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9\-.]+)(:[^,;*&$|\s]+)$/;

/** The name of an iSCSI initiator: iqn, eui or naa. */
function initiatorProblem(name: string, otherwise: string): string | undefined {
  if (name.startsWith('iqn')) return initiator.test(name) ? undefined : 'must be valid format';
  if (name.startsWith('eui')) return /^eui.[a-zA-Z0-9]{16}$/.test(name) ? undefined : 'must be valid format';
  if (name.startsWith('naa')) return /^naa.[a-zA-Z0-9]{32}$/.test(name) ? undefined : 'must be valid format';
  return otherwise;
}

/** @param persistent whether the source is a PersistentVolume's, whose secret must have a name */
export function iscsi(persistent: boolean): Check {
  const other = 'must be valid format starting with iqn, eui, or naa';
  return object(
    undefined,
    {
      targetPortal: required(),
      iqn: required((name: Any, at: Cursor) => {
        const problem = initiatorProblem(name, persistent ? 'must be valid format' : other);
        if (problem) at.invalid(name, problem);
      }),
      lun: between(0, 255),
      ...(persistent && { secretRef: secretName }),
    },
    (source: Any, at: Cursor) => {
      if ((source.chapAuthDiscovery || source.chapAuthSession) && !source.secretRef) at.required('', 'secretRef');
      const name = source.initiatorName;
      if (name === undefined || name === null) return;
      const problem = initiatorProblem(name, other);
      if (problem) at.invalid(name, problem, 'initiatorName').says(1, 'initiatorname');
    },
  );
}

/** iSCSI counts a volume's name and portal together, where it has an initiator. */
export function iscsiTooLong(name: string, source: Any): boolean {
  return Boolean(source?.initiatorName != null && byteLength(`${name}:${source.targetPortal ?? ''}`) > 64);
}
