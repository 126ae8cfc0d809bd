// The shape of a rule: what it is called, what it says, why, an example that fails and one that passes, and the check.
// Toolkit's rules and those of a program are the same.
import type { PodTemplate } from '../api/pods';
import type { VersionSet } from '../api/versions';
import type { Severity } from '../report/finding';
import type { Any, Step } from './engine/cursor';
import type { Kinds, ObjectOf } from './kinds';
import type { Dropped } from './schema/as-read';
import type { World, WorldOptions } from './world';

/** What a reader is told of a rule; its page is made from it, and its examples are run. */
export interface RuleText {
  /** Family and name: `start/named-port`. The file, its test and its page have the same name. */
  readonly id: string;
  /** What it finds, in a line: 'a Service whose named targetPort no container has'. */
  readonly summary: string;
  /** What becomes of such an object, and what to do. Paragraphs are divided by an empty line. */
  readonly why: string;
  /** Where Kubernetes says so: a URL, or a path in its sources. */
  readonly source: string;
  /** Objects of which the rule finds something wrong: all that there are in this world. */
  readonly fails: readonly object[];
  /** Objects of which it doesn't. */
  readonly passes: readonly object[];
  /** What is declared beside the objects of both examples. @default - nothing */
  readonly given?: WorldOptions & { readonly targets?: readonly string[] };
}

/** What a finding has beside its place and message. */
export interface More {
  /** What to change. @default - nothing that the message does not already say */
  readonly fix?: string;
  /** The versions that it is true for. @default - every target */
  readonly versions?: VersionSet;
  /** @default - the rule's */
  readonly severity?: Severity;
}

/** Where a check is, and where it says what it finds. */
export interface At {
  /** The whole object that is judged. */
  readonly object: Any;
  /** All objects that there are, and what is declared. */
  readonly world: World;
  /** The versions that the objects are for. */
  readonly targets: VersionSet;
  /** The fields of the object that some of the versions drop silently. */
  readonly dropped: readonly Dropped[];
  /**
   * Says what is wrong.
   * @param steps from the object to the field, or from the pod (`metadata`, `spec`) in a rule of pods
   * @param message what is wrong, the value that was given and the form that is expected; lower case, no final period
   */
  report(steps: readonly Step[], message: string, more?: More): void;
}

/** A pod as rules look at it: a Pod's own, or the template of a workload. */
export interface PodView extends PodTemplate {
  /** The object that it is in. */
  readonly object: Any;
  /** The namespace of the object; '' where it says none. */
  readonly namespace: string;
}

interface Judged extends RuleText {
  /** What its findings are unless the program says otherwise. */
  readonly severity: Severity;
}

/** A rule of objects of some kinds. */
export interface ObjectRule<K extends string = string> extends Judged {
  /** The kinds, with their API groups: `Pod`, `apps/Deployment`; 'any' for all. */
  readonly kinds: readonly K[] | 'any';
  /**
   * Says what is wrong with one object. Its values are of the types that the API has for them, and there are no nulls;
   * beyond that anything may be missing or wrong. A rule of several objects judges one, and looks for the others in
   * `at.world`.
   */
  check(object: ObjectOf<K>, at: At): void;
}

/** A rule of pods, in objects of all kinds that have them. */
export interface PodRule extends Judged {
  readonly kinds: 'pods';
  /** As {@link ObjectRule.check}. */
  check(pod: PodView, at: At): void;
}

/** A rule. */
export type Rule = ObjectRule | PodRule;

/** Makes a rule of objects, typed by the kinds that it is for. */
export function objectRule<const K extends keyof Kinds | (string & {})>(rule: ObjectRule<K>): ObjectRule {
  return rule as ObjectRule;
}

/** Makes a rule of pods: of Pods and of every workload's template. */
export function podRule(rule: Omit<PodRule, 'kinds'>): PodRule {
  return { ...rule, kinds: 'pods' };
}
