// Which of the declared nodes a pod can be on, and how many such pods.
import { type Amounts, amountsOf, together } from '../../api/amounts';
import { wholeValue } from '../../api/quantity';
import type { Any } from '../engine/cursor';
import type { NodeShape } from '../facts';
import type { World } from '../world';
import { resourcesOf } from './limits';

/** Why a pod can't be on a node; undefined where it can. */
export function obstacle(node: NodeShape, spec: Any, needed: Amounts): string | undefined {
  const { labels } = node;
  if (labels) {
    for (const [key, value] of Object.entries(spec.nodeSelector ?? {})) {
      if (isKnown(labels, key) && labels[key] !== value) return `nodeSelector asks for the label ${key}: ${value}`;
    }
    const terms: Any[] | undefined =
      spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
    if (terms && !terms.some((term) => (term.matchExpressions ?? []).every((demand: Any) => meets(labels, demand)))) {
      return 'its node affinity asks for other labels';
    }
  }
  for (const taint of node.taints ?? []) {
    if (taint.effect === 'PreferNoSchedule' || (spec.tolerations ?? []).some((one: Any) => tolerates(one, taint)))
      continue;
    return `the taint ${taint.key}${taint.value ? `=${taint.value}` : ''}:${taint.effect} is not tolerated`;
  }
  if (!node.allocatable) return undefined;
  const there = amountsOf(node.allocatable);
  for (const [name, { nano }] of needed) {
    const has = there.get(name)?.nano ?? (name === 'cpu' || name === 'memory' || !name.includes('/') ? undefined : 0n);
    if (has !== undefined && nano > has) return `it requests more ${name} than a node has`;
  }
  return undefined;
}

/** Every node has these labels, so that whoever declares nodes does not think of them. */
const EVERYWHERE = ['kubernetes.io/os', 'kubernetes.io/arch', 'kubernetes.io/hostname'];

function isKnown(labels: Readonly<Record<string, string>>, key: string): boolean {
  return key in labels || !EVERYWHERE.includes(key);
}

function meets(labels: Readonly<Record<string, string>>, { key, operator, values = [] }: Any): boolean {
  if (!isKnown(labels, key)) return true;
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return true;
  }
}

function tolerates({ key, operator = 'Equal', value, effect }: Any, taint: Any): boolean {
  if (effect && effect !== taint.effect) return false;
  if (operator === 'Exists') return !key || key === taint.key;
  return key === taint.key && (value ?? '') === (taint.value ?? '');
}

/** How many of such pods can be on such nodes at once; infinite where that is not declared. */
export function roomOn(node: NodeShape, spec: Any, needed: Amounts): number {
  if (obstacle(node, spec, needed) !== undefined) return 0;
  const there = amountsOf(node.allocatable);
  const pods = there.get('pods');
  let room = pods ? Number(wholeValue(pods)) : Number.POSITIVE_INFINITY;
  for (const [name, { nano }] of needed) {
    const has = there.get(name)?.nano;
    if (has !== undefined && nano > 0n) room = Math.min(room, Number(has / nano));
  }
  const { count = Number.POSITIVE_INFINITY } = node;
  return room === 0 || count === 0 ? 0 : room * count;
}

/** What a pod requests in all. */
export function requestedBy(world: World, spec: Any, namespace: string): Amounts {
  const needed = together(spec, (container) => resourcesOf(world, container, namespace).requests);
  for (const [name, amount] of amountsOf(spec.resources?.requests)) needed.set(name, amount);
  return needed;
}
