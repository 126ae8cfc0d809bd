// The questions of Manifests as matchers: for Jest, for Vitest, and by themselves.
import type { PodSecurityLevel } from '../rules/facts';
import type { End, Port } from '../rules/relations/flows';
import type { KindName } from './kinds';
import { Manifests, type Ref, type Where } from './manifests';
import type { Source } from './source';

/** What can be expected of an App, a chart or any construct, YAML, a folder, objects, or {@link Manifests}. */
export interface ManifestMatchers<R = void> {
  /** There is an object of a kind, of a name or with a part: `toHave('Pod', 'counter')`. */
  toHave<K extends KindName>(kind: K, where?: Where<K>): R;
  /** There are as many objects, of a kind, that match. */
  toHaveCount<K extends KindName>(count: number, kind?: K, where?: Where<K>): R;
  /** A Service, budget, policy or workload selects the pods of a workload. */
  toSelect(object: Ref, workload: Ref): R;
  /** A workload mounts a ConfigMap, Secret or claim. */
  toMount(workload: Ref, object: Ref): R;
  /** One NetworkPolicy by itself lets a flow through. */
  toAllow(policy: Ref, from: Ref | End, to: Ref | End, port: number | Port): R;
  /** A flow passes all NetworkPolicies; to a Service its own port. */
  toReach(from: Ref | End, to: Ref | End, port?: number | string | Port): R;
  /** All containers run as a user (a number), or the pods as a service account (a name). */
  toRunAs(workload: Ref, user: number | string): R;
  /** A ResourceQuota is large enough for its namespace. */
  toFit(quota: Ref): R;
  /** Nothing keeps the objects, or one, from starting or being reached. */
  toStart(object?: Ref): R;
  /** A namespace that enforces the level admits all pods. */
  toBeAdmittedBy(level: PodSecurityLevel): R;
  /** The API server of a version accepts all objects. */
  toBeAcceptedBy(version: string): R;
  /** No rule finds anything, warnings included. */
  toHaveNoFindings(): R;
}

interface Verdict {
  readonly pass: boolean;
  message(): string;
}

type WhyNot = Manifests['whyNot'];
type Ask = (whyNot: WhyNot) => string | undefined;

function matcher<A extends unknown[]>(claim: (...args: A) => string, ask: (...args: A) => Ask) {
  return (received: Source | Manifests, ...args: A): Verdict => {
    const why = ask(...args)(Manifests.of(received).whyNot);
    return { pass: why === undefined, message: () => why ?? `expected not ${claim(...args)}` };
  };
}

const text = (ref: unknown): string => (typeof ref === 'string' ? ref : 'the object given');

/** For `expect.extend(matchers)`; where `expect` is global, importing `podwright/testing` has done it. */
export const matchers = {
  toHave: matcher(
    (kind: string, where?: Where<string>) =>
      `to have ${kind}${typeof where === 'string' ? ` ${where}` : ''}, which is there`,
    (kind, where) => (whyNot) => whyNot.has(kind, where),
  ),
  toHaveCount: matcher(
    (count: number, kind?: string, _where?: Where<string>) => `${count} of ${kind ?? 'all objects'}`,
    (count, kind, where) => (whyNot) => whyNot.count(count, kind, where),
  ),
  toSelect: matcher(
    (object: Ref, workload: Ref) => `${text(object)} to select ${text(workload)}`,
    (object, workload) => (whyNot) => whyNot.selects(object, workload),
  ),
  toMount: matcher(
    (workload: Ref, object: Ref) => `${text(workload)} to mount ${text(object)}`,
    (workload, object) => (whyNot) => whyNot.mounts(workload, object),
  ),
  toAllow: matcher(
    (policy: Ref, from: Ref | End, to: Ref | End, _port: number | Port) =>
      `${text(policy)} to allow ${text(from)} to reach ${text(to)}`,
    (policy, from, to, port) => (whyNot) => whyNot.allows(policy, from, to, port),
  ),
  toReach: matcher(
    (from: Ref | End, to: Ref | End, _port?: number | string | Port) => `${text(from)} to reach ${text(to)}`,
    (from, to, port) => (whyNot) => whyNot.reaches(from, to, port),
  ),
  toRunAs: matcher(
    (workload: Ref, user: number | string) => `${text(workload)} to run as ${user}`,
    (workload, user) => (whyNot) => whyNot.runsAs(workload, user),
  ),
  toFit: matcher(
    (quota: Ref) => `the namespace to fit into ${text(quota)}`,
    (quota) => (whyNot) => whyNot.fits(quota),
  ),
  toStart: matcher(
    (_object?: Ref) => 'to start',
    (object) => (whyNot) => whyNot.starts(object),
  ),
  toBeAdmittedBy: matcher(
    (level: PodSecurityLevel) => `to be admitted by ${level}`,
    (level) => (whyNot) => whyNot.admittedBy(level),
  ),
  toBeAcceptedBy: matcher(
    (version: string) => `to be accepted by ${version}`,
    (version) => (whyNot) => whyNot.acceptedBy(version),
  ),
  toHaveNoFindings: matcher(
    () => 'to have no findings',
    () => (whyNot) => whyNot.findings(),
  ),
} satisfies { readonly [M in keyof ManifestMatchers]: (...args: never[]) => Verdict };

/** An expectation that was not met. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError';
}

/**
 * The matchers by themselves, for test runners whose `expect` cannot be extended, or that have none (node:test).
 *
 * @example
 * expectManifests(chart).toHave('Pod', 'counter');
 * expectManifests(chart).not.toHave('Secret');
 */
export function expectManifests(source: Source | Manifests): ManifestMatchers & { readonly not: ManifestMatchers } {
  const manifests = Manifests.of(source);
  const all = (wanted: boolean): ManifestMatchers =>
    Object.fromEntries(
      Object.entries(matchers).map(([name, match]) => [
        name,
        (...args: never[]) => {
          const { pass, message } = (match as (...args: unknown[]) => Verdict)(manifests, ...args);
          if (pass !== wanted) throw new ExpectationError(message());
        },
      ]),
    ) as unknown as ManifestMatchers;
  return { ...all(true), not: all(false) };
}
