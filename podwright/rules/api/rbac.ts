// Roles and who has them. Source: pkg/apis/rbac/validation.
import { each, object, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { pathSegment } from '../values/keys';
import { dnsSubdomain } from '../values/names';
import { labelSelector } from './labels';
import { metadata, withMetadata } from './metadata';

const GROUP = 'rbac.authorization.k8s.io';
const names = (namespaced: boolean) => withMetadata(metadata(pathSegment, namespaced));

function policyRule(namespaced: boolean): Check {
  return (rule: Any, at: Cursor) => {
    const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs: urls = [] } = rule;
    if (!rule.verbs?.length) at.required('verbs must contain at least one value', 'verbs');
    if (urls?.length > 0) {
      if (namespaced) at.invalid(urls, 'namespaced rules cannot apply to non-resource URLs', 'nonResourceURLs');
      if (apiGroups?.length || resources?.length || resourceNames?.length) {
        at.invalid(urls, 'rules cannot apply to both regular resources and non-resource URLs', 'nonResourceURLs');
      }
      return;
    }
    if (!apiGroups?.length) at.required('resource rules must supply at least one api group', 'apiGroups');
    if (!resources?.length) at.required('resource rules must supply at least one resource', 'resources');
  };
}

/** A Role. */
export const role: Check = object('api/role', { rules: each(policyRule(true)) }, names(true));

/** A ClusterRole, which may be put together from others. */
export const clusterRole: Check = object(
  'api/role',
  {
    rules: each(policyRule(false)),
    aggregationRule: object(undefined, {
      clusterRoleSelectors: required(
        each(labelSelector),
        'at least one clusterRoleSelector required if aggregationRule is non-nil',
      ),
    }),
  },
  names(false),
);

const KINDS = ['ServiceAccount', 'User', 'Group'];

function subject(namespaced: boolean): Check {
  return (value: Any, at: Cursor) => {
    const { kind = '', name = '', namespace = '', apiGroup = '' } = value;
    if (!name) at.required('', 'name');
    if (kind === 'ServiceAccount') {
      if (name) for (const problem of dnsSubdomain(name) ?? []) at.invalid(name, problem, 'name');
      if (apiGroup) at.notSupported(apiGroup, [''], 'apiGroup');
      if (!namespaced && !namespace) at.required('', 'namespace');
    } else if (!KINDS.includes(kind)) at.notSupported(kind, KINDS, 'kind');
    else if (apiGroup && apiGroup !== GROUP) at.notSupported(apiGroup, [GROUP], 'apiGroup');
  };
}

function binding(namespaced: boolean): Check {
  const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  return object(
    'api/role-binding',
    { subjects: each(subject(namespaced)) },
    names(namespaced),
    (value: Any, at: Cursor) => {
      const { apiGroup, kind = '', name = '' } = value.roleRef ?? {};
      if (apiGroup && apiGroup !== GROUP) at.notSupported(apiGroup, [GROUP], 'roleRef', 'apiGroup');
      if (!kinds.includes(kind)) at.notSupported(kind, kinds, 'roleRef', 'kind');
      if (!name) at.required('', 'roleRef', 'name');
      else for (const problem of pathSegment(name) ?? []) at.invalid(name, problem, 'roleRef', 'name');
    },
  );
}

/** A RoleBinding. */
export const roleBinding: Check = binding(true);
/** A ClusterRoleBinding. */
export const clusterRoleBinding: Check = binding(false);
