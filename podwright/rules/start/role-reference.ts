import { reportMissing } from '../relations/missing';
import { objectRule } from '../rule';
import { sample } from '../samples';
import { namespaceOf } from '../world';
import { isSlip } from './slip';

const GROUP = 'rbac.authorization.k8s.io';
/** The ClusterRoles of each cluster that are meant for people and programs. */
const OF_EACH_CLUSTER = ['view', 'edit', 'admin', 'cluster-admin'];

const binding = (name: string) =>
  sample(`${GROUP}/v1`, 'RoleBinding', 'team', {
    roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
    subjects: [{ apiGroup: GROUP, kind: 'Group', name: 'team' }],
  });

export const roleReference = objectRule({
  id: 'start/role-reference',
  severity: 'warning',
  summary: 'a binding to a role that is not there, whose name is nearly that of one that is',
  why: `The API server takes the binding, and it grants nothing: whoever it names gets "forbidden" for all that they try.

Roles are often made by others, so that only a name is told that is a slip of one letter in that of a role of the program, or of
view, edit, admin and cluster-admin, which each cluster has.`,
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings',
  kinds: [`${GROUP}/RoleBinding`, `${GROUP}/ClusterRoleBinding`],
  fails: [binding('edti')],
  passes: [binding('edit')],
  check(object, at) {
    const { kind = '', name = '' } = object.roleRef ?? {};
    const isCluster = kind === 'ClusterRole';
    if (!at.world.complete || !name || (isCluster && OF_EACH_CLUSTER.includes(name))) return;
    const namespace = isCluster ? '' : namespaceOf(object);
    const wanted = { kind: `${GROUP}/${kind}`, name, namespace };
    if (at.world.has(wanted.kind, name, namespace)) return;
    const there = at.world.ofKind(wanted.kind, isCluster ? undefined : namespace);
    const names = there.map(({ metadata }) => metadata?.name ?? '');
    const near = (isCluster ? [...names, ...OF_EACH_CLUSTER] : names).find((one) => isSlip(name, one));
    if (near !== undefined) reportMissing(at, ['roleRef', 'name'], wanted, { near });
  },
});
