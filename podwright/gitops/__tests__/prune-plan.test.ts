import type { Leaving, ObjectDiff } from '../../report/diff';
import { prunePlan } from '../prune-plan';

function gone(leaves: Leaving, apiVersion: string, kind: string, name: string, namespace?: string): ObjectDiff {
  const object = { apiVersion, kind, name, ...(namespace && { namespace }) };
  return { object, effect: 'gone', leaves, fields: [], outcomes: [{ effect: 'gone', what: 'is deleted', ends: 'it' }] };
}
const report = (objects: readonly ObjectDiff[]) => ({
  before: 'dist at main',
  after: 'the program',
  version: '1.37',
  objects,
  unchanged: 0,
  footprint: [],
  notes: [],
});

test('is a comment where nothing leaves', () => {
  expect(prunePlan(report([]))).toBe(
    '# What leaves the cluster: dist at main -> the program, on Kubernetes 1.37\n# Nothing is deleted.\n',
  );
});

test('has what is deleted as YAML, what holds other objects last, and names what stays', () => {
  const plan = prunePlan(
    report([
      gone('deleted', 'v1', 'Namespace', 'team'),
      gone('deleted', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'a.example.com'),
      gone('deleted', 'apps/v1', 'Deployment', 'web', 'team'),
      gone('deleted-with-namespace', 'v1', 'PersistentVolumeClaim', 'data', 'team'),
      gone('kept', 'v1', 'PersistentVolumeClaim', 'data', 'other'),
      gone('generation', 'v1', 'ConfigMap', 'settings-0123abcd', 'other'),
    ]),
  );
  expect(plan).toBe(`# What leaves the cluster: dist at main -> the program, on Kubernetes 1.37
# deleted although marked to be kept: its namespace is:
#   PersistentVolumeClaim team/data
# leaves git, kept in the cluster:
#   PersistentVolumeClaim other/data
# leaves git, kept, and used by no workload any more:
#   ConfigMap other/settings-0123abcd
# is deleted; ends it
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: team
---
# is deleted; ends it
apiVersion: v1
kind: Namespace
metadata:
  name: team
---
# is deleted; ends it
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: a.example.com
`);
});
