// A namespace with what makes it a team's, as one construct.
import { TEAM_DEFAULTS } from '../../constructs/team';
import type { Fields } from '../code';
import { type Any, at } from '../path';
import { type Candidate, makes, type Trial } from './candidate';
import { metadataProp } from './workloads';

const LEVEL = 'pod-security.kubernetes.io/enforce';

/** The Team that makes a namespace and, of the objects beside it, what a Team makes. */
export function team(namespace: Any, others: readonly Any[], trial: Trial): Candidate | undefined {
  const { name } = namespace.metadata;
  const inside = others.filter(({ metadata }) => metadata.namespace === name);
  const find = (kind: string, own: string) =>
    inside.find((object) => object.kind === kind && object.metadata.name === own);
  const quota = find('ResourceQuota', 'quota');
  const limits = find('LimitRange', 'limits');
  const bindings = inside.filter(isRoleBinding);
  const denyTraffic = find('NetworkPolicy', 'deny-traffic');
  const allowDns = find('NetworkPolicy', 'allow-dns');
  const allowEgress = find('NetworkPolicy', 'allow-egress');
  const objects = [namespace, quota, limits, ...bindings, denyTraffic, allowDns, allowEgress].filter(Boolean);
  // A namespace alone is one, and no more.
  if (objects.length < 3) return undefined;
  const members = bindings.flatMap(membersOf);
  const level = at(namespace, 'metadata', 'labels', LEVEL);
  const common: Fields = {
    ...(quota && { quota: at(quota, 'spec', 'hard') }),
    ...(members.length > 0 && { members }),
    ...(allowEgress && { allowTo: peersOf(allowEgress) }),
  };
  const item = at(limits, 'spec', 'limits', 0);
  const withLimits = limits && { limits: without(item, ['type']) };
  const withLevel = level !== undefined && level !== 'restricted' && { podSecurity: level };
  const off = {
    ...(level === undefined && { podSecurity: false }),
    ...(!limits && { limitRange: false }),
    ...(!denyTraffic && { denyTraffic: false }),
    ...(!allowDns && { allowDns: false }),
    ...(at(namespace, 'metadata', 'annotations') === undefined && { keep: false }),
  };
  const defaults = (names: Fields) => (Object.keys(names).length > 0 ? { defaults: names } : {});
  const bare = metadataProp(withoutMarks(namespace), name, trial);
  const variants: Fields[] = [
    { ...bare, ...withLevel, ...common, ...defaults(off) },
    { ...bare, ...withLevel, ...common, ...withLimits, ...defaults(off) },
    { ...bare, ...withLevel, ...common, ...withLimits, ...defaults({ ...off, limitRange: false }) },
    {
      ...metadataProp(namespace, name, trial),
      ...common,
      ...withLimits,
      defaults: all({ ...off, podSecurity: false }),
    },
  ];
  const candidates = variants.map((props): Candidate => ({ className: 'Team', id: name, props, objects }));
  return candidates.find((candidate) => makes(candidate, { ...trial, teams: new Set() }));
}

/** Only names that are defaults, in their order. */
function all(off: Fields): Fields {
  return Object.fromEntries(TEAM_DEFAULTS.filter((name) => name in off).map((name) => [name, false]));
}

function without(value: Any, names: readonly string[]): Any {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => !names.includes(name)));
}

/** The namespace without the labels and annotations that the defaults give it. */
function withoutMarks(namespace: Any): Any {
  const { labels, annotations: _, ...metadata } = namespace.metadata;
  const own = without(labels, [LEVEL, 'pod-security.kubernetes.io/warn']);
  return { ...namespace, metadata: { ...metadata, ...(Object.keys(own).length > 0 && { labels: own }) } };
}

function isRoleBinding({ kind, metadata, roleRef }: Any): boolean {
  return kind === 'RoleBinding' && roleRef?.kind === 'ClusterRole' && roleRef.name === metadata.name;
}

function membersOf({ roleRef, subjects }: Any): Any[] {
  const list: Any[] = Array.isArray(subjects) ? subjects : [];
  return list.map((subject) => (roleRef.name === 'edit' ? subject : { ...subject, role: roleRef.name }));
}

function peersOf(policy: Any): Any[] {
  const rules: Any = at(policy, 'spec', 'egress');
  if (!Array.isArray(rules)) return [];
  return rules.map((rule) => ({ ...at(rule, 'to', 0), ...(rule?.ports && { ports: rule.ports.map(plainPort) }) }));
}

/** A port alone is short for a rule's port. */
export function plainPort(port: Any): Any {
  return Object.keys(port).length === 1 && port.port !== undefined ? port.port : port;
}
