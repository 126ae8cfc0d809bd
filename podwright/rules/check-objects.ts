// What kube-apiserver would refuse: `api/*`, object by object.

import type { Crd } from '../api/crds';
import { kindOf } from '../api/definitions';
import { pointerOf } from '../api/json-pointer';
import { isVersion, VERSIONS, type Version, type VersionSet, versionSet, versionsOf } from '../api/versions';
import type { Finding, ObjectIdentity } from '../report/finding';
import { checksOf } from './api/kinds';
import { CustomResources } from './custom-resources';
import { type Any, type Check, Cursor, type Fault } from './engine/cursor';
import { merged } from './engine/fault';
import { type Dropped, without, withoutNulls } from './schema/as-read';
import { decoderOf } from './schema/decode';
import { asDecoded, dotted } from './schema/decode-faults';

/** Options of {@link checkObjects}. */
export interface CheckOptions {
  /**
   * The Kubernetes minor versions that the objects are for: `['1.33', '1.37']`.
   * @default - the three newest versions that are known: what is not older than a year
   */
  readonly targets?: readonly string[];
  /**
   * The definitions that custom resources are judged by, beside those among the objects; asked when there is one.
   * @default - none: custom resources that have no definition pass unjudged
   */
  readonly crds?: () => readonly Crd[];
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
  const customResources = new CustomResources(objects, options.crds);
  const at = new Cursor();
  const findings: Finding[] = [];
  for (const object of objects) {
    checkObject(object, targets, at, customResources);
    for (const fault of at.faults) findings.push(toFinding(fault, object, targets));
  }
  return findings;
}

/** @throws if one of them is no version that the toolkit knows */
export function targetSet(targets: readonly string[]): VersionSet {
  const known = targets.map((target) => {
    if (!isVersion(target)) {
      throw new Error(`unknown target version, got ${JSON.stringify(target)}; expected one of ${VERSIONS.join(', ')}`);
    }
    return target;
  });
  return versionSet(...known);
}

const NONE: readonly Dropped[] = [];

/**
 * Leaves what the API server would refuse of an object in the cursor's faults: of its schema first, as what does not
 * decode the API server looks no further at.
 * @returns the fields that the server would drop
 */
export function checkObject(
  object: Any,
  targets: VersionSet,
  at: Cursor,
  customResources: CustomResources,
): readonly Dropped[] {
  if (at.faults.length > 0) at.faults = [];
  if (at.nulls.length > 0) at.nulls = [];
  const kind = kindOf(object.apiVersion, object.kind);
  if (!kind) {
    at.root = object;
    at.versions = targets;
    customResources.checkOf(object.apiVersion, object.kind)?.(object, at);
    return NONE;
  }
  // Objects of a group version that no target serves are checked as the newest version that served them would.
  const served = kind.versions & targets;
  const versions = served || 1 << (31 - Math.clz32(kind.versions));
  at.root = object;
  at.versions = versions;
  decoderOf(kind.definition)(object, at);
  if (at.faults.length > 1) at.faults.sort(asDecoded);
  let undecoded = 0;
  for (const fault of at.faults) undecoded |= fault.versions;
  const decoded = versions & ~undecoded;
  const check = checksOf(kind.apiVersion, kind.kind);
  const { dropped } = at;
  if (dropped.length > 0) at.dropped = [];
  if (check && decoded !== 0) {
    const read = at.nulls.length > 0 ? withoutNulls(object, at.nulls) : object;
    at.root = read;
    forEachForm(read, decoded, at, check, dropped);
  }
  if (at.faults.length > 1) at.faults = merged(at.faults);
  return dropped;
}

/** Runs a check on an object as each version sees it: without the fields that the version drops. */
function forEachForm(object: Any, versions: VersionSet, at: Cursor, check: Check, dropped: readonly Dropped[]): void {
  at.versions = versions;
  if (dropped.length === 0) {
    check(object, at);
    return;
  }
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

/** A fault as a reader gets it. */
export function toFinding(fault: Fault, object: Any, targets: VersionSet): Finding {
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

/** What a finding calls its object. */
export function identityOf(object: Any): ObjectIdentity {
  const { apiVersion, kind, metadata } = object;
  const name = metadata?.name ?? metadata?.generateName ?? '';
  const namespace = metadata?.namespace;
  return { apiVersion, kind, ...(namespace && { namespace }), name };
}
