// Labels by which a namespace says what it forbids. Source: k8s.io/pod-security-admission/api.
import { POD_SECURITY_LEVELS, type PodSecurityLevel } from '../facts';
import { objectRule } from '../rule';

/** What a namespace does about a level of the standards. */
export const MODES = ['enforce', 'warn', 'audit'] as const;

/** See {@link MODES}. */
export type Mode = (typeof MODES)[number];

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS: readonly string[] = POD_SECURITY_LEVELS;

/** What a mode says: the level, and the minor version of the policy; undefined for the cluster's own. */
export interface ModeLevel {
  readonly level: PodSecurityLevel;
  readonly minor: number | undefined;
}

/** What the labels of a namespace say of a mode; undefined where they say nothing that can be read. */
export function modeOf(labels: Readonly<Record<string, string>>, mode: Mode): ModeLevel | undefined {
  const level = labels[PREFIX + mode];
  if (level === undefined || !LEVELS.includes(level)) return undefined;
  const version = labels[`${PREFIX}${mode}-version`] ?? 'latest';
  return { level: level as PodSecurityLevel, minor: isPinned(version) ? Number(version.slice(3)) : undefined };
}

function isPinned(version: string): boolean {
  return /^v1\.(0|[1-9]\d*)$/.test(version);
}

export const labels = objectRule({
  id: 'pod-security/labels',
  severity: 'error',
  summary: 'a Namespace whose Pod Security labels name no level, or no version',
  why: 'The admission of Pod Security refuses such a Namespace. A level is privileged, baseline or restricted; a version is latest or that of a Kubernetes minor, v1.34, whose policy then stays the same when the cluster is upgraded.',
  source:
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces',
  fails: [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'team-a', labels: { [`${PREFIX}enforce`]: 'strict', [`${PREFIX}enforce-version`]: '1.34' } },
    },
  ],
  passes: [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'team-a',
        labels: { [`${PREFIX}enforce`]: 'restricted', [`${PREFIX}enforce-version`]: 'v1.34' },
      },
    },
  ],
  kinds: ['Namespace'],
  check({ metadata }, at) {
    const given = metadata?.labels;
    if (!given) return;
    for (const mode of MODES) {
      const key = PREFIX + mode;
      const level = given[key];
      if (level !== undefined && !LEVELS.includes(level)) {
        const detail = `is no level, got ${JSON.stringify(level)}; expected ${LEVELS.join(', ')}`;
        at.report(['metadata', 'labels', key], detail);
      }
      const version = given[`${key}-version`];
      if (version !== undefined && version !== 'latest' && !isPinned(version)) {
        const fix = /^1\.\d+$/.test(version) ? `did you mean v${version}?` : undefined;
        const detail = `is no version, got ${JSON.stringify(version)}; expected latest, or that of a minor as in v1.34`;
        at.report(['metadata', 'labels', `${key}-version`], detail, fix ? { fix } : {});
      }
    }
  },
});
