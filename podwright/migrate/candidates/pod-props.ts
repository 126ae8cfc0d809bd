// A PodSpec as the props of a workload.
import { type Fields, isFields } from '../code';
import { carry, hasComments } from '../comments';
import { type Any, at } from '../path';
import { without } from './candidate';
import type { Lean } from './defaults';

/** A PodSpec as props: containers' variables by name, where they have one each. */
export function podProps(spec: Any): Fields {
  const lists = ['initContainers', 'containers'].filter((field) => Array.isArray(spec[field]));
  const changed = lists.map((field) => [field, carry(spec[field].map(withEnv), spec[field])]);
  return carry({ ...spec, ...Object.fromEntries(changed) }, spec);
}

function withEnv(container: Any): Any {
  const env: Any = container?.env;
  if (!Array.isArray(env) || env.length === 0 || hasComments(env)) return container;
  const names = new Set(env.map((variable) => variable?.name));
  const isRecord =
    names.size === env.length &&
    env.every(
      (variable) => /^[A-Za-z_][\w.-]*$/.test(variable?.name) && !hasComments(variable) && isVariable(variable),
    );
  if (!isRecord) return container;
  const record = env.map(({ name, value, valueFrom }) => [name, value ?? { valueFrom }]);
  return carry({ ...container, env: Object.fromEntries(record) }, container);
}

function isVariable({ name: _, value, valueFrom, ...others }: Any): boolean {
  if (Object.keys(others).length > 0) return false;
  return typeof value === 'string' ? valueFrom === undefined : value === undefined && isFields(valueFrom);
}

/** Leaves out the security contexts: those of the pod, of the containers, and what the defaults say of them. */
export const SECURITY_LEANS: readonly Lean[] = [
  (props) => ('securityContext' in props ? without(props, 'securityContext') : props),
  (props) => withContainers(props, (container) => without(container, 'securityContext')),
];

function withContainers(props: Fields, change: (container: Fields) => Fields): Fields {
  const lists = ['initContainers', 'containers'].flatMap((field) => {
    const list = props[field];
    if (!Array.isArray(list) || !list.some((container) => at(container, 'securityContext') !== undefined)) return [];
    return [
      [
        field,
        carry(
          list.map((container) => (isFields(container) ? change(container) : container)),
          list,
        ),
      ],
    ];
  });
  return lists.length === 0 ? props : carry({ ...props, ...Object.fromEntries(lists) }, props);
}

/** Leaves out one field. */
export function leaveOut(field: string): Lean {
  return (props) => (field in props ? without(props, field) : props);
}

/** Leaves out the labels of metadata, or those of them that a workload names itself by. */
export function leaveOutLabels(field: string): Lean {
  return (props) => {
    const metadata: Any = props[field];
    if (!isFields(at(metadata, 'labels'))) return props;
    const labels = Object.entries(metadata.labels).filter(([name]) => !OWN_LABELS.has(name));
    const { labels: _, ...others } = metadata;
    const rest = { ...others, ...(labels.length > 0 && { labels: Object.fromEntries(labels) }) };
    return Object.keys(rest).length === 0 ? without(props, field) : carry({ ...props, [field]: rest }, props);
  };
}

const OWN_LABELS = new Set(['app.kubernetes.io/name', 'app.kubernetes.io/component']);

/** Props of several objects in one; undefined where two of them have a field of one name. */
export function merged(...parts: readonly Fields[]): Fields | undefined {
  const names = parts.flatMap((part) => Object.keys(part));
  if (new Set(names).size < names.length) return undefined;
  const fields = Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
  for (const part of parts) carry(fields, part);
  return fields;
}
