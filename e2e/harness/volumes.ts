import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Namespace } from './namespace';
import { anyNode } from './node';
import { currentRun, RUN_LABEL, undo } from './run';

/** A claim that is to get a volume. */
export interface ClaimOf {
  readonly namespace: string;
  readonly name: string;
}

/** Where on the node the volumes of all runs are. */
const PLACE = '/var/tmp';

/**
 * Prepares a `local` volume for each claim, where no StorageClass makes one by itself: a folder on a node, and a
 * PersistentVolume that only this claim can have. Both go at the end of the run.
 *
 * @param keeper a namespace of its own, at the privileged level: its Pods make and remove the folders. It is left to the
 * end of the run.
 */
export async function prepareVolumes(keeper: Namespace, claims: readonly ClaimOf[]): Promise<void> {
  if (await hasDefaultStorage(keeper)) return;
  const run = currentRun();
  const node = await anyNode(keeper);
  const hostname = node.metadata.labels?.['kubernetes.io/hostname'] ?? node.metadata.name;
  const folder = keeper.name;
  const folderOf = ({ namespace, name }: ClaimOf) => `${folder}/${namespace}.${name}`;

  const remove = shellOnNode('remove-volumes', hostname, `rm -rf /place/${folder}`);
  writeFileSync(join(run.folder, `${folder}.json`), JSON.stringify(remove));
  undo(`kubectl apply -n ${keeper.name} -f ${folder}.json && ${succeeded('remove-volumes', keeper)}`);
  const paths = claims.map((claim) => `/place/${folderOf(claim)}`).join(' ');
  const make = shellOnNode('make-volumes', hostname, `mkdir -p ${paths}`);
  await keeper.fine('kubectl apply -f -', { input: JSON.stringify(make) });
  await keeper.fine(succeeded('make-volumes', keeper));

  const volumes = claims.map((claim) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `${claim.namespace}.${claim.name}-${run.id}`, labels: { [RUN_LABEL]: run.id } },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...claim },
      local: { path: `${PLACE}/${folderOf(claim)}` },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [hostname] }] },
          ],
        },
      },
    },
  }));
  const list = { apiVersion: 'v1', kind: 'List', items: volumes };
  await keeper.fine('kubectl create -f -', { input: JSON.stringify(list) });
}

async function hasDefaultStorage(namespace: Namespace): Promise<boolean> {
  const mark = 'storageclass.kubernetes.io/is-default-class';
  return (await namespace.list('storageclass')).some(({ metadata }) => metadata.annotations?.[mark] === 'true');
}

/** A Pod that runs a command on a node, with {@link PLACE} at /place. */
function shellOnNode(name: string, hostname: string, command: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      restartPolicy: 'Never',
      nodeSelector: { 'kubernetes.io/hostname': hostname },
      volumes: [{ name: 'place', hostPath: { path: PLACE, type: 'DirectoryOrCreate' } }],
      containers: [
        {
          name: 'main',
          image: 'busybox:1.37',
          command: ['/bin/sh', '-c', command],
          volumeMounts: [{ name: 'place', mountPath: '/place' }],
        },
      ],
    },
  };
}

function succeeded(pod: string, { name }: Namespace): string {
  return `kubectl wait -n ${name} pod/${pod} --for=jsonpath='{.status.phase}'=Succeeded --timeout=120s`;
}
