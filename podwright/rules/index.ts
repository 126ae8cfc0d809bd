// What kube-apiserver would refuse, and what would never start: rules over plain API objects.
import { kindOf } from '../api/definitions';
import { isVersion, VERSIONS, type Version, type VersionSet, versionSet, versionsOf } from '../api/versions';
import type { Finding, ObjectIdentity } from '../report/finding';
import { checksOf } from './api/kinds';
import { type Any, type Check, Cursor, type Fault } from './engine/cursor';
import { decoderOf, dotted } from './schema/decode';
import { without } from './schema/gates';

/** Options of {@link checkObjects}. */
export interface CheckOptions {
  /**
   * The Kubernetes minor versions that the objects are for: `['1.33', '1.37']`.
   * @default - the three newest versions that are known: what is not older than a year
   */
  readonly targets?: readonly string[];
}

/** The versions that are checked for where none are named: the three newest. */
export const DEFAULT_TARGETS: readonly Version[] = VERSIONS.slice(-3);

/**
 * Checks objects as a cluster of each target version would, before they come to one.
 *
 * Objects are plain, as they would be written as JSON; they are not changed. Nothing is thrown for what is wrong with
 * an object: everything that is found is returned, in the order of the objects, each with the JSON pointer of the field.
 * @throws if a target is no version that the toolkit knows
 */
export function checkObjects(objects: readonly object[], options: CheckOptions = {}): Finding[] {
  const targets = targetSet(options.targets ?? DEFAULT_TARGETS);
  const at = new Cursor();
  const findings: Finding[] = [];
  for (const object of objects) {
    checkObject(object, targets, at);
    if (at.faults.length === 0) continue;
    for (const fault of at.faults) findings.push(toFinding(fault, object, targets));
    at.faults = [];
  }
  return findings;
}

function targetSet(targets: readonly string[]): VersionSet {
  const known = targets.map((target) => {
    if (!isVersion(target)) {
      throw new Error(`unknown target version, got ${JSON.stringify(target)}; expected one of ${VERSIONS.join(', ')}`);
    }
    return target;
  });
  return versionSet(...known);
}

/** Schema first: what does not decode, the API server looks no further at. */
function checkObject(object: Any, targets: VersionSet, at: Cursor): void {
  const kind = kindOf(object.apiVersion, object.kind);
  if (!kind) return;
  // Objects of a group version that no target serves are checked as the newest version that served them would.
  const served = kind.versions & targets;
  const versions = served || 1 << (31 - Math.clz32(kind.versions));
  at.root = object;
  at.versions = versions;
  decoderOf(kind.definition)(object, at);
  let undecoded = 0;
  for (const fault of at.faults) undecoded |= fault.versions;
  const decoded = versions & ~undecoded;
  const check = checksOf(kind.apiVersion, kind.kind);
  if (check && decoded !== 0) forEachForm(object, decoded, at, check);
}

/** Runs a check on an object as each version sees it: without the fields that the version drops. */
function forEachForm(object: Any, versions: VersionSet, at: Cursor, check: Check): void {
  const { dropped } = at;
  at.versions = versions;
  if (dropped.length === 0) {
    check(object, at);
    return;
  }
  at.dropped = [];
  const forms = new Map<string, VersionSet>();
  for (let bit = 1; bit <= versions; bit <<= 1) {
    if ((versions & bit) === 0) continue;
    const key = dropped.flatMap((field, index) => (field.versions & bit ? [index] : [])).join();
    forms.set(key, (forms.get(key) ?? 0) | bit);
  }
  for (const [key, set] of forms) {
    at.versions = set;
    const gone = dropped.filter((field) => field.versions & set);
    at.root = key === '' ? object : without(object, gone);
    check(at.root, at);
  }
}

function toFinding(fault: Fault, object: Any, targets: VersionSet): Finding {
  const versions = fault.versions & targets;
  return {
    ruleId: fault.rule,
    severity: 'error',
    object: identityOf(object),
    pointer: pointerOf(fault.path),
    message: fault.message,
    reason: fault.reason,
    ...(fault.field !== undefined && { field: dotted(fault.field) }),
    ...(fault.fix !== undefined && { fix: fault.fix }),
    versions: versionsOf(versions || fault.versions),
  };
}

function identityOf(object: Any): ObjectIdentity {
  const { apiVersion, kind, metadata } = object;
  const name = metadata?.name ?? metadata?.generateName ?? '';
  const namespace = metadata?.namespace;
  return { apiVersion, kind, ...(namespace && { namespace }), name };
}

/** RFC 6901. */
function pointerOf(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
