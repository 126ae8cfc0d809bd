import type { ApiObjectMetadataDefinition } from 'cdk8s';
import { Construct } from 'constructs';
import {
  KubeLimitRange,
  KubeNamespace,
  KubeNetworkPolicy,
  KubeResourceQuota,
  KubeRoleBinding,
  type LimitRangeItem,
  type ObjectMeta,
  type Subject,
} from '../api/k8s';
import { markOurs } from '../synth/ours';
import { type Defaults, defaultsFaults, isOn } from './defaults';
import { KEEP, marked } from './gitops-marks';
import type { Peer } from './peers';
import type { Props } from './pod-spec';
import { DNS, egressRule } from './policy-rules';
import { announceTeam } from './team-members';
import { byRole, limitRangeItem, plainQuota, podSecurityFaults, podSecurityLabels, quotaFaults } from './team-objects';
import { check, objects } from './validation';
import { plain, type QuantityValue } from './values';
import { checkedId, objectMeta } from './workload';

/** The names of the defaults below. */
export const TEAM_DEFAULTS = ['podSecurity', 'limitRange', 'denyTraffic', 'allowDns', 'keep'] as const;

/**
 * A default of a {@link Team}:
 *
 * - `podSecurity`: pods are held to the `restricted` Pod Security Standard, and whoever applies a workload whose pods
 *   would be refused is warned, since the workload itself is not.
 * - `limitRange`: requests and limits for containers that say none, of what the quota counts and `limits` says nothing
 *   of: without them the quota refuses such pods.
 * - `denyTraffic`: no pod is reached or reaches out unless a policy says so.
 * - `allowDns`: where a policy denies what pods reach, they reach port 53 all the same, by UDP, and by TCP, which long
 *   answers take. To any address, since where a cluster's DNS is differs: a node-local cache is not a pod.
 * - `keep`: annotations that keep Flux and Argo CD from deleting the namespace, and all that is in it. To have it
 *   deleted, leave this default out in one commit, and the team in the next.
 */
export type TeamDefault = (typeof TEAM_DEFAULTS)[number];

/** A direction of traffic, as NetworkPolicies have them. */
type Direction = 'Ingress' | 'Egress';

/** A Pod Security Standard. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** Someone who works in a team: a user, a group or a service account, as a RoleBinding has them. */
export interface TeamMember extends Subject {
  /** The ClusterRole that is granted in the namespace: view, edit, admin, or one of your own. @default 'edit' */
  readonly role?: string;
}

/** Options of a {@link Team}. */
export interface TeamProps {
  /** The namespace's metadata. @default - the name is the construct's id; the labels are the chart's */
  readonly metadata?: ObjectMeta;

  /** The Pod Security Standard that the namespace's pods are held to. @default 'restricted' */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * What the namespace may have in all, as a ResourceQuota's `hard`: `{ 'requests.cpu': 8, 'nvidia.com/gpu': 2 }`. A
   * device is counted by its requests, under whichever name it is given here: the API takes the bare name, and never
   * enforces it.
   * @default - no quota
   */
  readonly quota?: Readonly<Record<string, QuantityValue>>;

  /**
   * Requests and limits of containers that say none, and the least and most that they may say: a LimitRange's item.
   * @default - of what the quota counts, requests of 100m CPU, 128Mi memory and 128Mi ephemeral storage, and limits of
   * 1 CPU, 1Gi and 1Gi
   */
  readonly limits?: Props<Omit<LimitRangeItem, 'type'>>;

  /** Who works in the namespace. @default - nobody but who may everywhere */
  readonly members?: readonly TeamMember[];

  /** What every pod of the namespace may reach beside DNS: a model store, a data lake. @default - nothing */
  readonly allowTo?: readonly Peer[];

  /** Defaults to leave out: by name, or all with 'none'. @default - every default applies */
  readonly defaults?: Defaults<TeamDefault>;
}

/**
 * A namespace for a team, with what keeps it from harming others: a quota, Pod Security, who may do what, and network
 * policies that deny all but DNS. Charts put their objects into it by `namespace: team.name`; a TrainingJob or
 * ModelServer there adds the policies that it needs.
 *
 * @example
 * const team = new Team(chart, 'vision', { quota: { 'requests.cpu': 8, 'requests.memory': '32Gi', pods: 50 } });
 */
export class Team extends Construct {
  readonly namespace: KubeNamespace;
  /** @default - none: no quota was given */
  readonly quota?: KubeResourceQuota;
  /** @default - none: there is nothing that containers would have to say */
  readonly limitRange?: KubeLimitRange;
  /** One for each role that members have, called after it. */
  readonly roleBindings: readonly KubeRoleBinding[];
  /** @default - none: the default is left out */
  readonly denyTraffic?: KubeNetworkPolicy;
  /** @default - none: the default is left out */
  readonly allowDns?: KubeNetworkPolicy;
  /** @default - none: no peer was given */
  readonly allowEgress?: KubeNetworkPolicy;
  readonly #denied: readonly Direction[];

  constructor(scope: Construct, id: string, props: TeamProps = {}) {
    super(scope, checkedId(scope, id));
    const { podSecurity = 'restricted', defaults } = props;
    const members = objects(this, 'members', props.members ?? []);
    const allowTo = objects(this, 'allowTo', props.allowTo ?? []);
    const on = (name: TeamDefault) => isOn(defaults, name);
    const quota = props.quota && plainQuota(props.quota);

    const security = on('podSecurity') || props.podSecurity ? podSecurityLabels(podSecurity) : {};
    const meta = objectMeta(this, props.metadata);
    const labelled = { ...meta, labels: { ...security, ...meta.labels } };
    this.namespace = new KubeNamespace(this, 'Default', { metadata: on('keep') ? marked(labelled, KEEP) : labelled });
    const metadata = (name: string) => ({ name, namespace: this.name });

    if (quota)
      this.quota = new KubeResourceQuota(this, 'quota', { metadata: metadata('quota'), spec: { hard: quota } });
    const limits = limitRangeItem(plain(props.limits ?? {}), on('limitRange') && quota ? quota : {});
    if (Object.keys(limits).length > 0) {
      const spec = { limits: [{ type: 'Container', ...limits }] };
      this.limitRange = new KubeLimitRange(this, 'limits', { metadata: metadata('limits'), spec });
    }

    this.roleBindings = [...byRole(members)].map(
      ([role, subjects]) =>
        new KubeRoleBinding(this, `role-${role}`, {
          metadata: metadata(role),
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
          subjects,
        }),
    );

    const policyTypes = ['Egress'] as const;
    this.#denied = [
      ...(on('denyTraffic') ? (['Ingress', 'Egress'] as const) : []),
      ...(allowTo.length > 0 ? policyTypes : []),
    ];
    if (on('denyTraffic')) {
      this.denyTraffic = new KubeNetworkPolicy(this, 'deny-traffic', {
        metadata: metadata('deny-traffic'),
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      });
    }
    if (on('allowDns') && this.denies('Egress')) {
      this.allowDns = new KubeNetworkPolicy(this, 'allow-dns', {
        metadata: metadata('allow-dns'),
        spec: { podSelector: {}, policyTypes, egress: [DNS] },
      });
    }
    if (allowTo.length > 0) {
      const egress = allowTo.map((peer) => egressRule(peer, this.name));
      this.allowEgress = new KubeNetworkPolicy(this, 'allow-egress', {
        metadata: metadata('allow-egress'),
        spec: { podSelector: {}, policyTypes, egress },
      });
    }
    check(this, () => [
      ...defaultsFaults(defaults, TEAM_DEFAULTS),
      ...podSecurityFaults(podSecurity),
      ...quotaFaults(props.quota),
    ]);
    announceTeam(this);
  }

  /**
   * Whether its policies deny traffic of a direction to whoever has no policy of their own.
   * @internal
   */
  denies(direction: Direction): boolean {
    return this.#denied.includes(direction);
  }

  /** The namespace's name: `new Chart(app, 'training', { namespace: team.name })`. */
  get name(): string {
    return this.namespace.name;
  }

  /** The namespace's metadata: labels and annotations can be added to it. */
  get metadata(): ApiObjectMetadataDefinition {
    return this.namespace.metadata;
  }
}

markOurs(Team);
