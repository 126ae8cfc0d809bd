// PriorityClasses. Source: pkg/apis/scheduling/validation.
import { given, object, oneOf } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsSubdomain } from '../values/names';
import { metadata, withMetadata } from './metadata';

/** The most that a class of the user's own may have. */
const HIGHEST = 1_000_000_000;
const SYSTEM: { readonly [name: string]: number } = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

/** What is wrong with a class that has a name of the system's. */
function systemProblem(name: string, value: number, globalDefault: boolean): string | undefined {
  const known = Object.hasOwn(SYSTEM, name) ? SYSTEM[name] : undefined;
  if (known === undefined) return `${name} is not a known system priority class`;
  if (known !== value) return `value of ${name} PriorityClass must be ${known}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

/** A PriorityClass. */
export const priorityClass: Check = object(
  'api/priority-class',
  {
    preemptionPolicy: given((policy: Any, at: Cursor) => {
      if (policy === '') at.required('');
      else oneOf('PreemptLowerPriority', 'Never')(policy, at);
    }),
  },
  withMetadata(metadata(dnsSubdomain, false)),
  (value: Any, at: Cursor) => {
    const name = value.metadata?.name ?? '';
    const number = value.value ?? 0;
    if (name.startsWith('system-')) {
      const problem = systemProblem(name, number, value.globalDefault ?? false);
      const reserved = "priority class names with 'system-' prefix are reserved for system use only. error: ";
      if (problem) at.forbidden(reserved + problem, 'metadata', 'name');
    } else if (number > HIGHEST) {
      at.forbidden(`maximum allowed value of a user defined priority is ${HIGHEST}`, 'value');
    }
  },
);
