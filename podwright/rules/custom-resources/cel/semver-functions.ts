// Semantic versions. Source: k8s.io/apiserver/pkg/cel/library/semverlib.go, https://semver.org.
import type { Overloads } from './functions';
import { CelError, Opaque, type Value } from './values';

const FORM =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

class Semver extends Opaque {
  readonly type = 'kubernetes.Semver';
  constructor(
    readonly numbers: readonly bigint[],
    readonly before: readonly string[],
  ) {
    super();
  }
  equals(other: Opaque): boolean {
    return other instanceof Semver && order(this, other) === 0;
  }
}

/** @param normalize whether `v1.2` and `01.2.3` are read as what they mean */
function parse(text: string, normalize: boolean): Semver | undefined {
  let plain = text;
  if (normalize) {
    const [core = '', ...rest] = plain.replace(/^v/, '').split(/(?=[-+])/);
    const numbers = core.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
    while (numbers.length < 3) numbers.push('0');
    plain = numbers.join('.') + rest.join('');
  }
  const match = FORM.exec(plain);
  return match ? new Semver(match.slice(1, 4).map(BigInt), match[4]?.split('.') ?? []) : undefined;
}

/** Below zero for what comes first; a pre-release comes before its release. */
function order(a: Semver, b: Semver): number {
  for (let i = 0; i < 3; i++) {
    const [left, right] = [a.numbers[i] as bigint, b.numbers[i] as bigint];
    if (left !== right) return left < right ? -1 : 1;
  }
  if (a.before.length === 0 || b.before.length === 0) return Math.sign(b.before.length - a.before.length);
  for (let i = 0; i < Math.max(a.before.length, b.before.length); i++) {
    const [left, right] = [a.before[i], b.before[i]];
    if (left === right) continue;
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const [number, other] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (number && other) return BigInt(left) < BigInt(right) ? -1 : 1;
    if (number !== other) return number ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}

function read(text: Value | undefined, normalize: Value = false): Semver | undefined | null {
  if (typeof text !== 'string' || typeof normalize !== 'boolean') return null;
  return parse(text, normalize);
}

export const SEMVER_FUNCTIONS: Overloads = {
  semver: (text, normalize) => {
    const read_ = read(text, normalize);
    if (read_ === undefined) throw new CelError('No Major.Minor.Patch elements found');
    return read_ ?? undefined;
  },
  isSemver: (text, normalize) => {
    const found = read(text, normalize);
    return found === null ? undefined : found !== undefined;
  },
};

function compared(call: (order: number) => Value): (...args: Value[]) => Value | undefined {
  return (a, b) => (a instanceof Semver && b instanceof Semver ? call(order(a, b)) : undefined);
}

function number(index: number): (...args: Value[]) => Value | undefined {
  return (value) => (value instanceof Semver ? value.numbers[index] : undefined);
}

export const SEMVER_METHODS: Overloads = {
  isGreaterThan: compared((order) => order > 0),
  isLessThan: compared((order) => order < 0),
  compareTo: compared((order) => BigInt(order)),
  major: number(0),
  minor: number(1),
  patch: number(2),
};
