// Which of the declared nodes a pod can be on.
import { type Amounts, amountsOf } from '../../api/amounts';
import type { Any } from '../engine/cursor';
import type { NodeShape } from '../facts';

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
