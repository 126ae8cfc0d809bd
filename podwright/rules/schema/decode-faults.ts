// What the API server's decoder says of fields that there are not, and of values of another type.
import { sinceOf } from '../../api/definitions';
import type { VersionSet } from '../../api/versions';
import type { Any, Cursor, Fault, Step } from '../engine/cursor';
import { closest } from './closest';
import type { LeafProblem, Scalar } from './scalars';

/** Reports a field that the type `name`, of these fields, does not have in some versions. */
export function unknownField(
  at: Cursor,
  name: string,
  key: string,
  fields: ReadonlyMap<string, unknown>,
  versions: VersionSet,
): void {
  at.rule = 'api/unknown-field';
  const fault = at.report('UnknownField', `unknown field ${JSON.stringify(dotted([...at.path, key]))}`, [key]);
  fault.versions = versions;
  if (fields.has(key)) {
    const since = sinceOf(name, key);
    fault.fixedBy(`the field exists since Kubernetes ${since}: leave it out for older versions`);
    return;
  }
  const meant = closest(key, fields.keys());
  if (meant) fault.fixedBy(`did you mean ${JSON.stringify(meant)}?`);
}

/** Reports a leaf that is none; `without` are versions that lack the field. */
export function leafProblem(
  value: Any,
  at: Cursor,
  scalar: Scalar,
  problem: LeafProblem,
  steps: Step[],
  without: VersionSet,
): Fault {
  at.rule = `api/${problem.rule}`;
  const all = at.versions;
  at.versions = all & ~without;
  const fault =
    problem.message === undefined
      ? otherType(value, at, scalar.goType, scalar.name, steps)
      : at.typeInvalid(value, problem.message, ...steps).fixedBy(`give ${scalar.name}`);
  at.versions = all;
  if (scalar.ends) fault.endsDecoding = true;
  return fault;
}

/** Of faults of decoding, the one that the API server tells of first: unknown fields only where nothing else is wrong. */
export function asDecoded(a: Fault, b: Fault): number {
  return decoded(a) - decoded(b);
}

function decoded({ endsDecoding, reason }: Fault): number {
  if (endsDecoding) return 0;
  return reason === 'UnknownField' ? 2 : 1;
}

/** Reports a value of another type than the Go type, which `name` says for people. */
export function otherType(value: Any, at: Cursor, goType: string, name: string, steps: Step[]): Fault {
  at.rule = 'api/type';
  return at
    .typeInvalid(value, `cannot unmarshal ${jsonType(value)} into a value of type ${goType}`, ...steps)
    .fixedBy(`give ${name}`);
}

/** What the decoder calls a value: whole numbers are `number`, others are shown. */
function jsonType(value: Any): string {
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'number' : `number ${value}`;
    case 'string':
    case 'object':
      return typeof value;
    default:
      return typeof value;
  }
}

/** Steps as the API server writes them: `spec.containers[0].image`, map keys in brackets where they are no names. */
export function dotted(steps: readonly Step[]): string {
  let text = '';
  for (const step of steps) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
