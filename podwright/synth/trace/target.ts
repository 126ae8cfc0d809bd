import { stepsOf } from '../../api/json-pointer';
import type { Finding } from '../../report/finding';
import type { Observation, ObservedObject } from './observe';
import { valueAt } from './observed';
import type { Asked } from './protocol';
import { isScalar, type Scalar } from './recorder';

/** Something of an observation whose cause in the program is looked for. */
export interface Target {
  /** A value in an object, the presence of a field in it, or the text of a construct's own fault. */
  readonly kind: 'value' | 'key' | 'message';
  /** The path of its construct. */
  readonly path: string;
  /** The number of its construct. */
  readonly order: number;
  /** The steps to it in the object. */
  readonly steps: readonly string[];
  /** The name of the property that it most likely is in the program. */
  readonly key?: string;
  /** What it is while nothing is changed. */
  readonly value: Scalar;
  /** The rule, for a message. */
  readonly ruleId: string;
}

/** What is looked for on a finding's behalf. */
export interface Quest {
  readonly finding: Asked;
  /** The construct that it is about. @default - none is known */
  readonly order?: number;
  /** The cause of any of them is the finding's own. */
  readonly exact: readonly Target[];
  /** What is beside what is missing, or in what is wrong as a whole: the object literal that they share is the place. */
  readonly around: readonly Target[];
  /** The property to look for in that object literal and around it. */
  readonly key?: string;
}

/** How many values beside a missing one are looked for. */
const AROUND = 6;

/** What to look for to find a finding's place. */
export function questOf(finding: Asked, observation: Observation): Quest {
  const object = objectOf(finding, observation);
  const steps = stepsOf(finding.pointer);
  if (!object || object.order === undefined) return constructQuest(finding, observation, steps);
  const { path, order, value } = object;
  const base = { path, order, ruleId: finding.ruleId };
  const key = nameOf(steps);
  const target = (kind: 'value' | 'key', at: readonly string[], scalar: Scalar): Target => {
    return { ...base, kind, steps: at, key: kind === 'key' ? at.at(-1) : nameOf(at), value: scalar };
  };
  const found = valueAt(value, steps);
  const last = steps.at(-1) ?? '';
  if (/unknown field/i.test(finding.message) && found !== undefined) {
    return { finding, order, key, exact: [target('key', steps, last)], around: [] };
  }
  if (isScalar(found)) return { finding, order, key, exact: [target('value', steps, found)], around: [] };
  const quoted = leaves(found, steps).find(([, scalar]) =>
    finding.message.includes(`value: ${JSON.stringify(scalar)}`),
  );
  if (quoted) return { finding, order, key: nameOf(quoted[0]), exact: [target('value', ...quoted)], around: [] };
  const name = Object.keys(Object(found)).find((one) => finding.message.includes(JSON.stringify(one)));
  if (name !== undefined && !Array.isArray(found)) {
    return { finding, order, key: name, exact: [target('key', [...steps, name], name)], around: [] };
  }
  // The nearest mapping that says anything: what is in it was written where the missing field is to be.
  const near = [...steps];
  while (near.length > 0 && !isFilled(valueAt(value, near))) near.pop();
  const around = Object.entries(valueAt(value, near) as object)
    .filter(([name]) => near.length > 0 || !/^(apiVersion|kind|metadata)$/.test(name))
    .map(([name, part]) => {
      const at = [...near, name];
      return isScalar(part) ? target('value', at, part) : target('key', at, name);
    });
  const missing = steps.slice(near.length).find((step) => !/^\d+$/.test(step));
  // What is there and says nothing, as an empty list, is known by its name alone.
  const exact = found !== undefined && near.length < steps.length && key ? [target('key', steps, key)] : [];
  return { finding, order, key: missing ?? key, exact, around: around.slice(0, AROUND) };
}

function constructQuest(finding: Asked, observation: Observation, steps: readonly string[]): Quest {
  const construct = observation.constructs.find(({ path }) => path === finding.constructPath);
  // A construct's own checks name the prop first: `containers[0].env.TOKEN: must be text, got 5; …`.
  const prop = /^([\w.[\]'/-]+): /.exec(finding.message)?.[1] ?? '';
  const key = nameOf(steps) ?? nameOf(prop.split(/[.[\]']+/).filter(Boolean));
  if (construct?.order === undefined) return { finding, key, exact: [], around: [] };
  const { path, order } = construct;
  const target: Target = { kind: 'message', path, order, steps, key, value: finding.message, ruleId: finding.ruleId };
  return { finding, order, key, exact: [target], around: [] };
}

function objectOf({ object, constructPath }: Finding, { objects }: Observation): ObservedObject | undefined {
  if (!object) return undefined;
  const same = objects.filter(({ path, value }) => {
    return (constructPath === undefined || path === constructPath) && value?.kind === object.kind;
  });
  return same.find(({ value }) => value.metadata?.name === object.name) ?? same[0];
}

/** The last name among steps: numbers are items of the list that has it. */
function nameOf(steps: readonly string[]): string | undefined {
  return steps.findLast((step) => !/^\d+$/.test(step));
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** The scalars in a value, the nearest first. */
function leaves(value: unknown, steps: readonly string[]): [string[], Scalar][] {
  const found: [string[], Scalar][] = [];
  let level: [string[], unknown][] = [[[...steps], value]];
  while (level.length > 0) {
    const next: [string[], unknown][] = [];
    for (const [at, one] of level) {
      if (isScalar(one)) found.push([at, one]);
      else if (typeof one === 'object' && one !== null) {
        for (const [step, part] of Object.entries(one)) next.push([[...at, step], part]);
      }
    }
    level = next;
  }
  return found;
}
