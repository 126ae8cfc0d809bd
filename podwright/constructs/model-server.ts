import { type ApiObjectMetadataDefinition, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  type DeploymentSpec,
  KubeDeployment,
  KubeHorizontalPodAutoscalerV2,
  KubeNetworkPolicy,
  KubePodDisruptionBudget,
  KubeService,
  type ObjectMeta,
  type PodSpec,
} from '../api/k8s';
import { type AutoscaleProps, autoscalerSpec, mostReplicas, replicaFaults, sureReplicas } from './autoscale';
import { isOn } from './defaults';
import { fetchSeconds, type ModelProps, modelFaults, modelParts } from './model-source';
import type { Peer } from './peers';
import type { Props } from './pod-spec';
import { DNS, egressRule, ingressRule } from './policy-rules';
import {
  clientPorts,
  portOf,
  type Rollout,
  type Served,
  servicePortFaults,
  servicePorts,
  spreadOf,
  strategyOf,
  withDrain,
  withProbes,
} from './serving';
import { inTeam } from './team-members';
import { type TemplateDefault, TemplateWorkload, type TemplateWorkloadProps } from './template-workload';
import { check, fault, objects, wholeNumber } from './validation';
import { plain, type SecondsValue, split } from './values';

/** The names of the defaults below. */
export const SERVER_DEFAULTS = [
  'startupProbe',
  'readinessProbe',
  'livenessProbe',
  'drain',
  'progressDeadlineSeconds',
  'strategy',
  'spread',
  'enableServiceLinks',
  'disruptionBudget',
  'allowFromTeam',
] as const;

/**
 * A default of a {@link ModelServer} beside those of its pods:
 *
 * - `startupProbe`: gives the model `loadSeconds` to load, before anything else is asked.
 * - `readinessProbe`: requests come to pods that answer.
 * - `livenessProbe`: a server that has not answered for a minute is started anew.
 * - `drain`: a pod that goes answers for `drainSeconds` more, until nobody sends it requests; its grace period is longer
 *   by as much.
 * - `progressDeadlineSeconds`: where fetching and loading take long, a rollout is not called stuck before a model can be
 *   loaded.
 * - `strategy`: a new pod before an old one goes; with GPUs the other way round, since a surge needs spare ones.
 * - `spread`: over nodes and zones as far as there are any; no pod waits for it.
 * - `enableServiceLinks`: false; else the Service's own name makes variables in the pods, and that of a Service `vllm`,
 *   VLLM_PORT, is one that vLLM reads, and does not start with.
 * - `disruptionBudget`: one pod at a time is drained away, where two replicas are sure; with one it would stop a node's
 *   drain. Pods that are not healthy may go.
 * - `allowFromTeam`: in a Team, whose policies deny all, the pods of its namespace reach the server, if `allowFrom` says
 *   nothing else.
 */
export type ModelServerDefault = (typeof SERVER_DEFAULTS)[number];

interface DeploymentFields extends Props<Omit<DeploymentSpec, 'template' | 'selector'>> {}

/** Options of a {@link ModelServer}: the fields of the DeploymentSpec and of the PodSpec, flat, and its own. */
export interface ModelServerProps
  extends Omit<TemplateWorkloadProps<TemplateDefault | ModelServerDefault>, keyof DeploymentFields>,
    DeploymentFields {
  /**
   * The port that the first container listens at. The other ports that it names, `grpc` or `metrics`, are its Service's
   * too.
   * @default - the one that the container calls `http`, or its only one; 8080 where it has none
   */
  readonly port?: number;

  /** The port that the Service is reached at. @default 80 */
  readonly servicePort?: number;

  /**
   * The path that answers once the model is loaded: `/health`, `/v2/health/ready`.
   * @default - none: a server is ready when it takes connections
   */
  readonly healthPath?: string;

  /**
   * The path that answers while the server is alive, ready or not: `/v2/health/live`.
   * @default - healthPath
   */
  readonly livePath?: string;

  /** Where the model comes from. @default - the image has it */
  readonly model?: ModelProps;

  /** How long the model may take to load, once the container runs. @default 300 */
  readonly loadSeconds?: SecondsValue;

  /** How long a pod that goes answers on; longer than a client keeps a connection without a request. @default 15 */
  readonly drainSeconds?: SecondsValue;

  /**
   * How a rollout replaces pods: 'surge' has a new one before an old one goes, 'replace' the other way round.
   * @default 'surge', or 'replace' where containers have GPUs
   */
  readonly rollout?: Rollout;

  /**
   * Scales the number of replicas by load; then `replicas` is not said, since each synthesis would reset it.
   * @default - the number of replicas is fixed
   */
  readonly autoscale?: AutoscaleProps;

  /**
   * Who may reach the server: the ports of its Service, or those that a peer names, such as a scraper's.
   * @default - everybody; in a Team, the pods of its namespace
   */
  readonly allowFrom?: readonly Peer[];

  /** What the server may reach beside DNS: a model store. @default - everything; in a Team, what the team allows */
  readonly allowTo?: readonly Peer[];
}

/**
 * Serves a model: as many pods as it needs, healed when they fail, replaced without a failed request.
 *
 * @example
 * new ModelServer(chart, 'sentiment', {
 *   replicas: 2,
 *   model: { claimName: 'models', subPath: 'sentiment' },
 *   healthPath: '/health',
 *   containers: [{ name: 'main', image: 'registry.example.com/sentiment:1.4' }],
 * });
 */
export class ModelServer extends TemplateWorkload {
  /** The object that makes the pods; patches to it are lossless. */
  readonly deployment: KubeDeployment;
  readonly service: KubeService;
  /** @default - none: the number of replicas is fixed */
  readonly autoscaler?: KubeHorizontalPodAutoscalerV2;
  /** @default - none: two replicas are not sure */
  readonly disruptionBudget?: KubePodDisruptionBudget;
  /** @default - none: `allowTo` is not given */
  readonly egressPolicy?: KubeNetworkPolicy;
  #ingressPolicy?: KubeNetworkPolicy;
  readonly #served: Omit<Served, 'port'> &
    Pick<ModelServerProps, 'port' | 'defaults'> & { readonly drainSeconds?: number; readonly isSpread: boolean };

  constructor(scope: Construct, id: string, props: ModelServerProps) {
    const { port, servicePort = 80, healthPath, livePath, model, ...more } = props;
    const { rollout, autoscale, allowFrom, allowTo, ...rest } = more;
    const { loadSeconds: load = 300, drainSeconds: drain, ...fields } = rest;
    const [loadSeconds, drainSeconds] = [plain<number>(load), plain<number | undefined>(drain)];
    const { own: deployment, rest: pod } = split(fields, DEPLOYMENT_FIELDS);
    super(scope, id, pod, 'model-server', SERVER_DEFAULTS);
    const on = (name: ModelServerDefault) => isOn(props.defaults, name);
    const isSpread = on('spread') && mostReplicas(props) > 1;
    this.#served = { port, healthPath, livePath, loadSeconds, drainSeconds, isSpread, defaults: props.defaults };

    const meta = this.objectMeta(props.metadata);
    const name = meta.name ?? id;
    const matchLabels = this.selectorLabels();
    const startSeconds = fetchSeconds(model) + loadSeconds;
    const isSlow = startSeconds > 300 && on('progressDeadlineSeconds');
    this.deployment = new KubeDeployment(this, 'Default', {
      metadata: meta,
      spec: Lazy.any({
        produce: (): DeploymentSpec => {
          const template = this.currentTemplate();
          return {
            ...(on('strategy') || rollout ? { strategy: strategyOf(rollout, template.spec) } : {}),
            ...(isSlow && { progressDeadlineSeconds: startSeconds + 300 }),
            ...deployment,
            selector: { matchLabels },
            template,
          };
        },
      }),
    });
    const beside = (name: string): ObjectMeta => ({
      name,
      ...(meta.namespace !== undefined && { namespace: meta.namespace }),
      labels: { ...meta.labels },
    });
    this.service = new KubeService(this, 'service', {
      metadata: beside(name),
      spec: {
        selector: matchLabels,
        ports: Lazy.any({ produce: () => servicePorts(this.currentSpec(), port, servicePort) }),
      },
    });

    if (model) {
      const { volume, mount, download } = modelParts(model);
      this.addVolume(volume);
      this.addMount(mount);
      if (download) this.addInitContainer(download);
    }
    if (autoscale) {
      const spec = autoscalerSpec(name, autoscale);
      this.autoscaler = new KubeHorizontalPodAutoscalerV2(this, 'autoscaler', { metadata: beside(name), spec });
    }
    if (on('disruptionBudget') && sureReplicas(props) >= 2) {
      this.disruptionBudget = new KubePodDisruptionBudget(this, 'disruption-budget', {
        metadata: beside(name),
        spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels } },
      });
    }

    const { namespace } = this.metadata;
    const allow = (peers: readonly Peer[]) => {
      const served = Lazy.any({ produce: () => clientPorts(this.currentSpec(), port) });
      const ingress = peers.map((peer) => ingressRule(peer, namespace, served));
      this.#ingressPolicy = new KubeNetworkPolicy(this, 'ingress', {
        metadata: beside(`${name}-ingress`),
        spec: { podSelector: { matchLabels }, policyTypes: ['Ingress'], ingress },
      });
    };
    if (allowFrom) allow(objects(this, 'allowFrom', allowFrom));
    else if (on('allowFromTeam')) {
      inTeam(this, namespace, (team) => {
        if (team.denies('Ingress')) allow([{ podSelector: {} }]);
      });
    }
    if (allowTo) {
      const egress = [DNS, ...objects(this, 'allowTo', allowTo).map((peer) => egressRule(peer, namespace))];
      this.egressPolicy = new KubeNetworkPolicy(this, 'egress', {
        metadata: beside(`${name}-egress`),
        spec: { podSelector: { matchLabels }, policyTypes: ['Egress'], egress },
      });
    }
    check(this, () => [
      ...wholeNumber('port', port, 1, 65535),
      ...servicePortFaults(this.currentSpec(), port, servicePort),
      ...wholeNumber('loadSeconds', loadSeconds, 1),
      ...wholeNumber('drainSeconds', drainSeconds, 0),
      ...modelFaults(model),
      ...replicaFaults(props),
      ...rolloutFaults(props),
    ]);
  }

  /** The Deployment's metadata: labels and annotations can be added to it. */
  get metadata(): ApiObjectMetadataDefinition {
    return this.deployment.metadata;
  }

  /** Says who may reach the server. @default - none: everybody may */
  get ingressPolicy(): KubeNetworkPolicy | undefined {
    return this.#ingressPolicy;
  }

  protected override complete(spec: PodSpec): PodSpec {
    const { isSpread, defaults } = this.#served;
    const on = (name: ModelServerDefault) => isOn(defaults, name);
    const probes = {
      startupProbe: on('startupProbe'),
      readinessProbe: on('readinessProbe'),
      livenessProbe: on('livenessProbe'),
    };
    const [server, ...others] = spec.containers;
    if (!server) return spec;
    const containers = [
      withProbes(server, { ...this.#served, port: portOf(spec, this.#served.port) }, probes),
      ...others,
    ];
    const drainSeconds = this.#drainSeconds(spec.terminationGracePeriodSeconds);
    return {
      ...(drainSeconds > 0 && { terminationGracePeriodSeconds: drainSeconds + GRACE_SECONDS }),
      ...(on('enableServiceLinks') && { enableServiceLinks: false }),
      ...(isSpread && { topologySpreadConstraints: spreadOf(this.selectorLabels()) }),
      ...spec,
      containers: drainSeconds > 0 ? containers.map((container) => withDrain(container, drainSeconds)) : containers,
    };
  }

  // The API server refuses a drain that is longer than the grace period, and one as long leaves nothing for the last
  // requests, so that the default yields to a short one.
  #drainSeconds(graceSeconds: number | undefined): number {
    const { drainSeconds, defaults } = this.#served;
    if (drainSeconds !== undefined) return drainSeconds;
    return isOn(defaults, 'drain') && (graceSeconds ?? GRACE_SECONDS) > DRAIN_SECONDS ? DRAIN_SECONDS : 0;
  }
}

/** How long a pod that goes answers on by default. */
const DRAIN_SECONDS = 15;

/** What a pod has to end its last requests, when nobody sends it new ones: the API's own grace period. */
const GRACE_SECONDS = 30;

// By a record, so that a field that the API gains does not compile until it is here.
const DEPLOYMENT_FIELDS = Object.keys({
  minReadySeconds: true,
  paused: true,
  progressDeadlineSeconds: true,
  replicas: true,
  revisionHistoryLimit: true,
  strategy: true,
} satisfies Record<keyof DeploymentFields, true>) as (keyof DeploymentFields)[];

function rolloutFaults({ rollout, strategy }: ModelServerProps): string[] {
  if (rollout === undefined) return [];
  if (strategy) return [fault('rollout', 'says what strategy says too', rollout, 'one of the two')];
  return rollout === 'surge' || rollout === 'replace'
    ? []
    : [fault('rollout', 'is not a choice', rollout, "'surge' or 'replace'")];
}
