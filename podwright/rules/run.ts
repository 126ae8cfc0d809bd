// Runs rules on objects.
import { kindName } from '../api/identity';
import { pointerOf } from '../api/json-pointer';
import { type VersionSet, versionsOf } from '../api/versions';
import type { Finding, Severity } from '../report/finding';
import { identityOf } from './check-objects';
import type { Any, Step } from './engine/cursor';
import type { At, More, ObjectRule, PodRule, Rule } from './rule';
import type { Dropped } from './schema/as-read';
import { podViewOf, type World } from './world';

/** A finding with the number of its object among those given. */
export interface IndexedFinding extends Finding {
  readonly index: number;
}

/** The rules of a kind. */
export interface Dispatched {
  readonly objects: readonly ObjectRule[];
  readonly pods: readonly PodRule[];
}

/** The rules of an object's kind, by what it says of itself. */
export function dispatch(rules: readonly Rule[]): (object: Any) => Dispatched {
  const pods = rules.filter((rule): rule is PodRule => rule.kinds === 'pods');
  const others = rules.filter((rule): rule is ObjectRule => rule.kinds !== 'pods');
  const versions = new Map<string, Map<string, Dispatched>>();
  return (object) => {
    const { apiVersion, kind } = object;
    const known = versions.get(apiVersion)?.get(kind);
    if (known) return known;
    const name = kindName(object);
    const objects = others.filter(({ kinds }) => kinds === 'any' || kinds.includes(name));
    const found = { objects, pods };
    versions.set(apiVersion, (versions.get(apiVersion) ?? new Map<string, Dispatched>()).set(kind, found));
    return found;
  };
}

const NONE: readonly Step[] = [];

/** Runs rules on one object after the other, and keeps what they say. */
export class Judge implements At {
  object: Any;
  dropped: readonly Dropped[] = [];
  private index = 0;
  private rule: Rule | undefined;
  /** The steps from the object to the pod under check. */
  private base: readonly Step[] = [];

  constructor(
    readonly world: World,
    readonly targets: VersionSet,
    private readonly severities: Readonly<Record<string, Severity | 'off'>>,
    private readonly found: IndexedFinding[],
  ) {}

  judge(object: Any, index: number, { objects, pods }: Dispatched): void {
    this.object = object;
    this.index = index;
    this.base = NONE;
    for (const rule of objects) this.run(rule, object);
    if (pods.length === 0) return;
    const view = podViewOf(object);
    if (!view) return;
    this.base = view.path.slice(0, -1);
    for (const rule of pods) this.run(rule, view);
  }

  private run(rule: Rule, value: Any): void {
    this.rule = rule;
    try {
      rule.check(value, this);
    } catch (error) {
      // A rule's own fault is told like any other: the other rules still say what they find.
      this.report([], `the rule ${rule.id} failed: ${error instanceof Error ? error.message : error}`, {
        severity: 'error',
        fix: 'mend the rule, or turn it off by its name',
      });
    }
  }

  report(steps: readonly Step[], message: string, { fix, versions, severity }: More = {}): void {
    const { object, rule, index } = this;
    if (!rule) return;
    const set = this.severities[rule.id];
    const { targets } = this;
    this.found.push({
      ruleId: rule.id,
      severity: set === undefined || set === 'off' ? (severity ?? rule.severity) : set,
      object: identityOf(object),
      pointer: pointerOf([...this.base, ...steps]),
      message,
      ...(fix !== undefined && { fix }),
      versions: versionsOf(versions === undefined ? targets : versions & targets || versions),
      index,
    });
  }
}
