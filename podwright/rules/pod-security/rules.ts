// The rules of Pod Security: the standards, applied to each pod as its namespace asks for.
import { VERSIONS, type VersionSet } from '../../api/versions';
import type { Severity } from '../../report/finding';
import type { PodSecurityLevel } from '../facts';
import { type At, type PodRule, type PodView, podRule, type Rule } from '../rule';
import type { World } from '../world';
import { POD_SECURITY_CHECKS } from './checks';
import { labels, MODES, type Mode, modeOf } from './labels';
import type { Level, PodSecurityCheck } from './policy';

/** A policy that a pod is held to. */
interface Policy {
  readonly level: Level;
  readonly minor: number;
  /** The versions of the cluster that hold it to this one. */
  readonly versions: VersionSet;
  readonly mode: Mode;
  /** Whether the pod's namespace says so itself. */
  readonly labelled: boolean;
}

/** An enforced policy keeps a pod from being; the others are said on a terminal, or written to a log. */
const SEVERITIES: { readonly [M in Mode]: Severity } = { enforce: 'error', warn: 'warning', audit: 'info' };

const VERBS: { readonly [M in Mode]: string } = { enforce: 'enforces', warn: 'warns of', audit: 'audits' };

/** What the pods of each namespace are held to, the strictest first. */
const worlds = new WeakMap<World, Map<string, readonly Policy[]>>();

function policiesOf({ namespace }: PodView, { world, targets }: At): readonly Policy[] {
  let namespaces = worlds.get(world);
  if (!namespaces) {
    namespaces = new Map();
    worlds.set(world, namespaces);
  }
  let policies = namespaces.get(namespace);
  if (!policies) {
    policies = readPolicies(world.find('Namespace', namespace)?.metadata?.labels ?? {}, world.podSecurity, targets);
    namespaces.set(namespace, policies);
  }
  return policies;
}

function readPolicies(
  labels: Readonly<Record<string, string>>,
  otherwise: PodSecurityLevel,
  targets: VersionSet,
): readonly Policy[] {
  const policies: Policy[] = [];
  for (const mode of MODES) {
    const own = modeOf(labels, mode);
    const said = own ?? (mode === 'enforce' ? { level: otherwise, minor: undefined } : undefined);
    if (!said || said.level === 'privileged') continue;
    const { level, minor } = said;
    const labelled = own !== undefined;
    const versions = minor === undefined ? policyVersions(targets) : [[minor, targets] as const];
    for (const [minor, held] of versions) policies.push({ level, minor, versions: held, mode, labelled });
  }
  return policies;
}

/** The policies that targets have as their latest. */
function policyVersions(targets: VersionSet): readonly (readonly [minor: number, versions: VersionSet])[] {
  return VERSIONS.flatMap((version, index) => (targets & (1 << index) ? [[Number(version.slice(2)), 1 << index]] : []));
}

/** Policies that are one to a check: of versions between which it did not change. */
function policiesFor({ changes, level }: PodSecurityCheck, policies: readonly Policy[]): readonly Policy[] {
  const found: Policy[] = [];
  for (const policy of policies) {
    if (level === 'restricted' && policy.level === 'baseline') continue;
    const before = found.at(-1);
    const isSame =
      before?.mode === policy.mode && !changes.some((minor) => before.minor < minor && minor <= policy.minor);
    if (before && isSame) found[found.length - 1] = { ...before, versions: before.versions | policy.versions };
    else found.push(policy);
  }
  return found;
}

interface Forbidden {
  readonly policy: Policy;
  readonly fix: string;
  readonly steps: readonly (string | number)[];
  versions: VersionSet;
}

/** What a check forbids of a pod, once: by the policy that matters most, with the versions that have it. */
function forbiddenBy(
  check: PodSecurityCheck,
  pod: PodView,
  policies: readonly Policy[],
): Map<string, Forbidden> | undefined {
  let found: Map<string, Forbidden> | undefined;
  for (const policy of policies) {
    const { level, minor, mode, versions } = policy;
    check.check(pod, level, minor, (detail, fix, ...steps) => {
      found ??= new Map();
      const other = found.get(detail);
      if (!other) found.set(detail, { policy, fix, steps, versions });
      else if (other.policy.mode === mode) other.versions |= versions;
    });
  }
  return found;
}

function ruleOf(check: PodSecurityCheck): PodRule {
  const own = new WeakMap<readonly Policy[], readonly Policy[]>();
  const heldTo = (policies: readonly Policy[]): readonly Policy[] => {
    const known = own.get(policies) ?? policiesFor(check, policies);
    own.set(policies, known);
    return known;
  };
  const example = (spec: object) => [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }];
  return podRule({
    id: check.id,
    severity: 'error',
    summary: check.summary,
    why: `${check.why}\n\nIt is the ${check.level} level of the Pod Security Standards that forbids it${check.level === 'baseline' ? ', and so does the restricted level' : ''}. A namespace among the objects says by its labels which level it enforces, warns of or audits, and in which version; all others are held to what the program or the command says.`,
    source: `k8s.io/pod-security-admission/policy/${check.source}`,
    fails: example(check.fails),
    passes: example(check.passes),
    given: { podSecurity: 'restricted' },
    check(pod, at) {
      const policies = policiesOf(pod, at);
      if (policies.length === 0) return;
      const found = forbiddenBy(check, pod, heldTo(policies));
      if (!found) return;
      for (const [detail, { policy, fix, steps, versions }] of found) {
        const level = `the ${policy.level} level`;
        const by = policy.labelled ? `${level}, which namespace ${pod.namespace} ${VERBS[policy.mode]}` : level;
        at.report(steps, `${detail}: forbidden by ${by}`, { fix, versions, severity: SEVERITIES[policy.mode] });
      }
    },
  });
}

/** Every one, sorted. */
export const POD_SECURITY_RULES: readonly Rule[] = [...POD_SECURITY_CHECKS.map(ruleOf), labels].sort((a, b) =>
  a.id < b.id ? -1 : 1,
);
