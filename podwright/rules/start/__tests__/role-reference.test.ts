import { findings } from '../../__tests__/support';
import { sample } from '../../samples';
import { roleReference } from '../role-reference';

const GROUP = 'rbac.authorization.k8s.io';
const role = (kind: string, name: string, metadata: object = {}) =>
  sample(`${GROUP}/v1`, kind, name, { rules: [] }, metadata);
const binding = (name: string, kind = 'ClusterRole', bindingKind = 'RoleBinding') =>
  sample(`${GROUP}/v1`, bindingKind, 'b', { roleRef: { apiGroup: GROUP, kind, name }, subjects: [] });
const lost = (text: string, kind = 'RoleBinding') => [`${kind} b /roleRef/name: names a ${text}`];

test('a slip in the name of a role that each cluster has is told', () => {
  expect(findings(roleReference, [binding('edti')])).toEqual(lost('ClusterRole that is not there, got "edti"'));
  expect(findings(roleReference, [binding('cluster-amdin', 'ClusterRole', 'ClusterRoleBinding')])).toEqual(
    lost('ClusterRole that is not there, got "cluster-amdin"', 'ClusterRoleBinding'),
  );
});

test.each(['view', 'edit', 'admin', 'cluster-admin', 'editor', 'viewer', 'prometheus', 'system:node', ''])(
  'the role %j may be there',
  (name) => {
    expect(findings(roleReference, [binding(name)])).toEqual([]);
  },
);

test.each([
  ['secret-reader', 'secret-writer'],
  ['pod-reader', 'job-reader'],
  ['team-a', 'team-b'],
])('beside the role %s there may be %s', (there, name) => {
  expect(findings(roleReference, [binding(name), role('ClusterRole', there)])).toEqual([]);
});

test('a slip in the name of a role of the program is told, of its own kind and namespace', () => {
  expect(findings(roleReference, [binding('traner'), role('ClusterRole', 'trainer')])).toEqual(
    lost('ClusterRole that is not there, got "traner"'),
  );
  expect(findings(roleReference, [binding('traner', 'Role'), role('Role', 'trainer')])).toEqual(
    lost('Role that is not there, got "traner"'),
  );
  expect(findings(roleReference, [binding('traner', 'Role'), role('ClusterRole', 'trainer')])).toEqual([]);
  expect(findings(roleReference, [binding('edti', 'Role')])).toEqual([]);
  expect(findings(roleReference, [binding('traner', 'Role'), role('Role', 'trainer', { namespace: 'ml' })])).toEqual(
    [],
  );
});

test('what is there, is declared, or may be in the cluster all the same is not told', () => {
  expect(findings(roleReference, [binding('edti'), role('ClusterRole', 'edti')])).toEqual([]);
  expect(findings(roleReference, [binding('edti'), role('ClusterRole', 'edti', { namespace: 'ml' })])).toEqual([]);
  const externals = [{ kind: `${GROUP}/ClusterRole`, name: 'edti' }];
  expect(findings(roleReference, [binding('edti')], { externals })).toEqual([]);
  expect(findings(roleReference, [binding('edti')], { complete: false })).toEqual([]);
});
