// All families of rules over a set of objects.
import { kindOf } from '../api/definitions';
import { groupOf } from '../api/identity';
import type { Severity } from '../report/finding';
import { type CheckOptions, checkObject, DEFAULT_TARGETS, targetSet, toFinding } from './check-objects';
import { CustomResources } from './custom-resources';
import { type Any, Cursor } from './engine/cursor';
import { nameOnly, plainObject } from './plain-object';
import type { Rule } from './rule';
import { dispatch, type IndexedFinding, Judge } from './run';
import type { Dropped } from './schema/as-read';
import { isOwnGroup } from './versions/served';
import { World, type WorldOptions } from './world';

/** The families of rules; `api` is what the API server refuses. */
export const FAMILIES = ['api', 'versions', 'pod-security', 'start', 'mlops', 'secrets'] as const;

/** See {@link FAMILIES}. */
export type Family = (typeof FAMILIES)[number];

/** The rules of each family beside `api`, loaded when there is something to judge. */
const REGISTRY: { readonly [F in Exclude<Family, 'api'>]: () => readonly Rule[] } = {
  versions: () => (require('./versions/rules') as typeof import('./versions/rules')).VERSIONS_RULES,
  'pod-security': () => (require('./pod-security/rules') as typeof import('./pod-security/rules')).POD_SECURITY_RULES,
  start: () => (require('./start/rules') as typeof import('./start/rules')).START_RULES,
  mlops: () => (require('./mlops/rules') as typeof import('./mlops/rules')).MLOPS_RULES,
  secrets: () => (require('./secrets/rules') as typeof import('./secrets/rules')).SECRETS_RULES,
};

/** Every rule of some families; `api` has checks and no rules. */
export function rulesOf(families: readonly Family[] = FAMILIES): readonly Rule[] {
  return families.flatMap((family) => (family === 'api' ? [] : REGISTRY[family]()));
}

/** Options of {@link checkAll}. */
export interface CheckAllOptions extends CheckOptions, WorldOptions {
  /** The families that judge. @default - every one */
  readonly families?: readonly Family[];
  /** A program's own rules. @default - none */
  readonly rules?: readonly Rule[];
  /** What findings are by the rule that finds them; 'off': none. @default - what each rule says */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
}

/**
 * Judges objects, which are all that there is in one cluster, by all families, or by those that are named.
 * @returns what is found in the order of the objects, then of the families
 * @throws if a target is no version that the toolkit knows
 */
export function checkAll(objects: readonly object[], options: CheckAllOptions = {}): IndexedFinding[] {
  const targets = targetSet(options.targets ?? DEFAULT_TARGETS);
  const { families = FAMILIES, rules = [], severities = {} } = options;
  const found: IndexedFinding[] = [];
  const cursor = new Cursor();
  const customResources = new CustomResources(objects, options.crds);
  const api = families.includes('api');
  const world: Any[] = [];
  const unreadable = new Set<number>();
  const dropped = new Map<number, readonly Dropped[]>();
  for (let index = 0; index < objects.length; index++) {
    const object = objects[index] as Any;
    const gone = checkObject(object, targets, cursor, customResources);
    if (gone.length > 0) dropped.set(index, gone);
    const plain = plainObject(object, cursor);
    if (plain === undefined) unreadable.add(index);
    world.push(plain ?? nameOnly(object));
    if (!api) continue;
    for (const fault of cursor.faults) {
      const severity = severities[fault.rule] ?? 'error';
      if (severity !== 'off') found.push({ ...toFinding(fault, object, targets), severity, index });
    }
  }
  const all = [...rulesOf(families), ...rules].filter(({ id }) => severities[id] !== 'off');
  if (all.length === 0) return found;
  const before = found.length;
  const judge = new Judge(new World(world, options, customResources), targets, severities, found);
  const byKind = dispatch(all);
  const ofAny = dispatch(all.filter(({ kinds }) => kinds === 'any'));
  for (let index = 0; index < world.length; index++) {
    const object = world[index];
    if (unreadable.has(index) && !isGone(object)) continue;
    judge.dropped = dropped.get(index) ?? [];
    judge.judge(object, index, unreadable.has(index) ? ofAny(object) : byKind(object));
  }
  return before === 0 || found.length === before ? found : found.sort((a, b) => a.index - b.index);
}

/**
 * Whether an object is of a version that Kubernetes had once: no check of `api` says what is wrong with it, so that the
 * rules of whatever object there is judge by its name.
 */
function isGone({ apiVersion, kind }: Any): boolean {
  return apiVersion !== '' && kind !== '' && !kindOf(apiVersion, kind) && isOwnGroup(groupOf(apiVersion));
}
