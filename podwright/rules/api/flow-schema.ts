// How the API server shares itself: which requests are of which priority level. FlowSchemas.
// Source: pkg/apis/flowcontrol/validation.
import { each, form, object, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, dnsSubdomain } from '../values/names';
import { withSpec } from './apps';
import { metadata, withMetadata } from './metadata';

const names = withMetadata(metadata(dnsSubdomain, false));
const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];

const named = object(undefined, { name: required() });
const accountName: Check = (name: Any, at: Cursor) => {
  if (name !== '*') form(dnsSubdomain)(name, at);
};
const SUBJECTS: { readonly [kind: string]: readonly [field: string, check: Check] } = {
  ServiceAccount: [
    'serviceAccount',
    object(undefined, {
      name: required(accountName),
      namespace: required(form(dnsLabel), 'must specify namespace for service account'),
    }),
  ],
  User: ['user', named],
  Group: ['group', named],
};

const subject: Check = (value: Any, at: Cursor) => {
  const { kind = '' } = value;
  if (!Object.hasOwn(SUBJECTS, kind)) {
    at.notSupported(kind, ['Group', 'ServiceAccount', 'User'], 'kind');
    return;
  }
  for (const [other, [field, check]] of Object.entries(SUBJECTS)) {
    if (other !== kind) {
      if (value[field]) at.forbidden(`${field} is forbidden when subject kind is not '${other}'`, field);
    } else if (!value[field]) at.required(`${field} is required when subject kind is '${other}'`, field);
    else at.enter(field, check, value[field]);
  }
};

/** A list that is `*` alone, or holds no `*`. */
function wildcard(
  value: Any,
  field: string,
  missing: string,
  others: string,
  at: Cursor,
): readonly string[] | undefined {
  const list: string[] = value[field] ?? [];
  if (list.length === 0) at.required(missing, field);
  else if (!list.includes('*')) return list;
  else if (list.length > 1) at.invalid(list, `if '*' is present, must not specify other ${others}`, field);
  return undefined;
}

function verbs(rule: Any, at: Cursor): void {
  const list = wildcard(rule, 'verbs', 'verbs must contain at least one value', 'verbs', at);
  if (list?.some((verb) => !VERBS.includes(verb))) at.notSupported(list, VERBS, 'verbs');
}

const resourceRule: Check = (rule: Any, at: Cursor) => {
  verbs(rule, at);
  wildcard(rule, 'apiGroups', 'resource rules must supply at least one api group', 'api groups', at);
  wildcard(rule, 'resources', 'resource rules must supply at least one resource', 'resources', at);
  if (!rule.namespaces?.length && rule.clusterScope) return;
  const missing = 'resource rules that are not cluster scoped must supply at least one namespace';
  wildcard(rule, 'namespaces', missing, 'namespaces', at)?.forEach((name, i) => {
    for (const problem of dnsLabel(name ?? '') ?? []) {
      at.invalid(name, `each member of this list must be '*' or a DNS-1123 label; ${problem}`, 'namespaces', i);
    }
  });
};

function urlProblem(path: string): string | undefined {
  if (path === '') return 'must not be empty';
  if (path === '/') return undefined;
  if (!path.startsWith('/')) return 'must start with slash';
  if (path.includes(' ')) return 'must not contain white-space';
  if (path.includes('//')) return 'must not contain double slash';
  const stars = path.split('*').length - 1;
  return stars > 1 || (stars === 1 && !path.endsWith('/*')) ? 'wildcard can only do suffix matching' : undefined;
}

const nonResourceRule: Check = (rule: Any, at: Cursor) => {
  verbs(rule, at);
  const missing = 'nonResourceURLs must contain at least one value';
  wildcard(rule, 'nonResourceURLs', missing, 'non-resource URLs', at)?.forEach((path, i) => {
    const problem = urlProblem(path ?? '');
    if (problem) at.invalid(path, problem, 'nonResourceURLs', i);
  });
};

const rule: Check = object(
  undefined,
  {
    subjects: required(each(subject), 'subjects must contain at least one value'),
    resourceRules: each(resourceRule),
    nonResourceRules: each(nonResourceRule),
  },
  (value: Any, at: Cursor) => {
    if (!value.resourceRules?.length && !value.nonResourceRules?.length) {
      at.required('at least one of resourceRules and nonResourceRules has to be non-empty');
    }
  },
);

const flowSchemaSpec: Check = object(
  'api/flow-schema',
  {
    distinguisherMethod: (method: Any, at: Cursor) => {
      if (method.type !== 'ByUser' && method.type !== 'ByNamespace') {
        at.notSupported(method, ['ByNamespace', 'ByUser'], 'type');
      }
    },
    rules: each(rule),
  },
  (spec: Any, at: Cursor) => {
    const precedence = spec.matchingPrecedence || 1000;
    if (precedence <= 0) at.invalid(precedence, 'must be a positive value', 'matchingPrecedence');
    if (precedence > 10_000) at.invalid(precedence, 'must not be greater than 10000', 'matchingPrecedence');
    if (precedence === 1 && at.root.metadata?.name !== 'exempt') {
      at.invalid(precedence, "only the schema named 'exempt' may have matchingPrecedence 1", 'matchingPrecedence');
    }
    const level = object(undefined, { name: required(form(dnsSubdomain), 'must reference a priority level') });
    at.enter('priorityLevelConfiguration', level, spec.priorityLevelConfiguration ?? {});
  },
);

/** A FlowSchema. */
export const flowSchema: Check = object('api/flow-schema', {}, names, withSpec(flowSchemaSpec));
