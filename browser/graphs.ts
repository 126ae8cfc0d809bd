// Pictures to look at: a small one with all that is laid over objects, and one of 1,000 objects.
import { stringify } from 'yaml';
import { compare } from '../podwright/gitops/diff/compare';
import { Side } from '../podwright/gitops/diff/side';
import { graphOf } from '../podwright/gitops/graph/graph';
import type { PlacedObject } from '../podwright/gitops/graph/nodes';
import { placedOf } from '../podwright/gitops/graph/program';
import type { Graph } from '../podwright/report/graph/graph';
import { checkAll } from '../podwright/rules/families';

const object = (apiVersion: string, kind: string, name: string, namespace: string, fields: object) => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  ...fields,
});

/** A Deployment, the Service and the HorizontalPodAutoscaler before it, and what it uses. */
function app(name: string, namespace: string, image = 'busybox:1.37'): object[] {
  const labels = { app: name };
  const container = { name: 'main', image, envFrom: [{ configMapRef: { name } }] };
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: name } }];
  const containers = [{ ...container, volumeMounts: [{ name: 'data', mountPath: '/data' }] }];
  const template = { metadata: { labels }, spec: { serviceAccountName: 'runner', containers, volumes } };
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name };
  const spec = { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } };
  return [
    object('apps/v1', 'Deployment', name, namespace, { spec: { selector: { matchLabels: labels }, template } }),
    object('v1', 'Service', name, namespace, { spec: { selector: labels, ports: [{ port: 80 }] } }),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', name, namespace, { spec: { maxReplicas: 3, scaleTargetRef } }),
    object('v1', 'ConfigMap', name, namespace, { data: { a: 'b' } }),
    object('v1', 'PersistentVolumeClaim', name, namespace, { spec }),
  ];
}

const account = (namespace: string) => object('v1', 'ServiceAccount', 'runner', namespace, {});

function side(label: string, objects: readonly object[]): Side {
  const text = objects.map((one) => stringify(one)).join('---\n');
  return new Side({ label, files: new Map([['dist/all.k8s.yaml', text]]) });
}

/** Two apps: the image of one is another than before, one is new, a ConfigMap is gone; and one Service selects nothing. */
export function changedGraph(hostile = 'lost'): Graph {
  const lost = object('v1', 'Service', hostile, 'team-a', {
    spec: { selector: { app: 'nobody' }, ports: [{ port: 80 }] },
  });
  const old = object('v1', 'ConfigMap', 'old', 'team-a', {});
  const before = side('dist at 1a2b3c4', [account('team-a'), ...app('web', 'team-a', 'busybox:1.36'), old, lost]);
  const after = side('the program', [account('team-a'), ...app('web', 'team-a'), ...app('api', 'team-b'), lost]);
  const objects = placedOf(after);
  return graphOf({
    label: 'main.ts',
    objects,
    findings: checkAll(objects.map((placed) => placed.object)),
    diff: { report: compare(before, after), before: placedOf(before) },
  });
}

/** One app in two environments. */
export function environmentsGraph(): Graph {
  const objects = ['laptop', 'prod'].flatMap((environment) =>
    [account('team-a'), ...app('web', 'team-a')].map(
      (one): PlacedObject => ({ object: one, file: `dist/${environment}/web.k8s.yaml`, line: 1, environment }),
    ),
  );
  return graphOf({ label: 'dist', objects });
}

/** Ten namespaces of a hundred objects. */
export function largeGraph(): Graph {
  const objects = Array.from({ length: 10 }, (_, team) => `team-${team}`).flatMap((namespace) => [
    account(namespace),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'deny', namespace, { spec: { podSelector: {} } }),
    ...Array.from({ length: 3 }, (_, at) => object('v1', 'ConfigMap', `alone-${at}`, namespace, { data: { a: 'b' } })),
    ...Array.from({ length: 19 }, (_, at) => app(`app-${at}`, namespace)).flat(),
  ]);
  const placed = objects.map(
    (one, index): PlacedObject => ({ object: one, file: 'dist/all.k8s.yaml', line: index * 20 + 1 }),
  );
  return graphOf({ label: 'dist', objects: placed });
}
