import { type ApiObjectMetadataDefinition, Lazy, resolve } from 'cdk8s';
import type { Construct } from 'constructs';
import { type JobSpec, KubeJob, KubeNetworkPolicy, KubeService, type PodFailurePolicy } from '../api/k8s';
import { type CheckpointProps, checkpointClaim, checkpointFaults } from './checkpoints';
import type { Claim } from './claim';
import { isOn } from './defaults';
import { IGNORE_DISRUPTIONS, type JobFields, splitJob, takesFailurePolicy, withRestartPolicy } from './job-spec';
import { type OnChangeProps, onChangeFaults, onChangeMeta } from './on-change';
import { gpusOf, rendezvousEnv } from './rendezvous';
import { inTeam } from './team-members';
import { type TemplateDefault, TemplateWorkload, type TemplateWorkloadProps } from './template-workload';
import { check, wholeNumber } from './validation';
import { nameOf, type QuantityValue } from './values';

/** The names of the defaults below. */
export const TRAINING_DEFAULTS = [
  'restartPolicy',
  'podFailurePolicy',
  'activeDeadlineSeconds',
  'environment',
  'sharedMemory',
  'allowPeers',
] as const;

/**
 * A default of a {@link TrainingJob} beside those of its pods:
 *
 * - `restartPolicy`: Never, which the failure policy takes; a worker that fails is a new pod.
 * - `podFailurePolicy`: what is not a worker's own failure costs none of the restarts: a pod that was evicted, preempted
 *   or drained away, and a worker that ends with {@link PEER_LOST} because another is gone. It is left out where the API
 *   takes none, as for a Job.
 * - `activeDeadlineSeconds`: 7 days. It ends a training that goes on starting without a failure of its own.
 * - `environment`: what torchrun and torch.distributed read to find each other.
 * - `sharedMemory`: /dev/shm in memory; a runtime gives 64 MB, and data loaders and NCCL need more.
 * - `allowPeers`: in a Team, whose policies deny all, the workers reach each other.
 */
export type TrainingJobDefault = (typeof TRAINING_DEFAULTS)[number];

/** The exit code by which a worker says that it ends because it lost a peer: EX_TEMPFAIL of sysexits.h. */
export const PEER_LOST = 75;

/** Options of a {@link TrainingJob}: the fields of the JobSpec and of the PodSpec that are left to choose, and its own. */
export interface TrainingJobProps
  extends Omit<TemplateWorkloadProps<TemplateDefault | TrainingJobDefault>, keyof JobFields | 'subdomain'>,
    Omit<JobFields, 'completions' | 'parallelism' | 'completionMode' | 'backoffLimitPerIndex' | 'maxFailedIndexes'>,
    OnChangeProps {
  /** The number of pods that train together, each of which a node may be needed for. @default 1 */
  readonly nodes?: number;

  /**
   * The number of processes in each pod, which with `nodes` makes the world size.
   * @default - the GPUs that the first container with GPUs is limited to, or 1
   */
  readonly processesPerNode?: number;

  /**
   * How many times the group may start again after a failure. A worker that fails and the peers that fail with it cost
   * one; evictions cost none, nor do peers that end with {@link PEER_LOST}. Where those do, each worker has as many, and
   * `backoffLimit` bounds them all together.
   * @default 3
   */
  readonly restarts?: number;

  /** The port of the first worker that the others meet at. @default 29500 */
  readonly port?: number;

  /**
   * The volume that outlives workers, to resume from: of a claim that is made for it, or of one that is there.
   * @default - none: a restart begins at the start
   */
  readonly checkpoints?: CheckpointProps;

  /** The most that /dev/shm may hold; it counts as the container's memory. @default - what the container may use */
  readonly sharedMemory?: QuantityValue;
}

/**
 * Training that is spread over pods: all of them run at once, know their rank and how to reach the first, and start again
 * together.
 *
 * @example
 * new TrainingJob(chart, 'mnist', {
 *   nodes: 4,
 *   checkpoints: { storage: '10Gi' },
 *   containers: [{ name: 'main', image: 'pytorch/pytorch:2.9.0', command: ['torchrun', 'train.py'] }],
 * });
 */
export class TrainingJob extends TemplateWorkload {
  /** The object that the cluster gets; patches to it are lossless. */
  readonly job: KubeJob;
  /** Gives the workers their names, before they are ready too: until they have met, none is. */
  readonly service: KubeService;
  /** The claim of the checkpoints. @default - none: there are no checkpoints, or they are on a claim that was there */
  readonly checkpoints?: Claim;
  #networkPolicy?: KubeNetworkPolicy;

  constructor(scope: Construct, id: string, props: TrainingJobProps) {
    const { nodes = 1, processesPerNode, restarts = 3, port = 29500, checkpoints, sharedMemory, ...more } = props;
    const { onChange, ...fields } = more;
    const { job, rest } = splitJob(fields);
    const { defaults } = props;
    const on = (name: TrainingJobDefault) => isOn(defaults, name);
    const base = props.metadata?.name ?? id;
    super(scope, id, { ...withRestartPolicy(rest), subdomain: base }, 'training', TRAINING_DEFAULTS);

    const meta = this.objectMeta(props.metadata);
    const spec = (): JobSpec => {
      const template = this.currentTemplate();
      return {
        ...(on('activeDeadlineSeconds') && { activeDeadlineSeconds: WEEK }),
        ...(on('podFailurePolicy') && takesFailurePolicy(job, template) && { podFailurePolicy: FAILURE_POLICY }),
        ...job,
        completionMode: 'Indexed',
        completions: nodes,
        parallelism: nodes,
        // Each index has its own count, so that a failure that takes all workers with it costs each of them one.
        backoffLimitPerIndex: restarts,
        maxFailedIndexes: 0,
        template,
      };
    };
    this.job = new KubeJob(this, 'Default', {
      metadata: onChangeMeta(meta, onChange, () => this.job),
      spec: Lazy.any({ produce: spec }),
    });
    const beside = { labels: { ...meta.labels }, ...(meta.namespace !== undefined && { namespace: meta.namespace }) };
    this.service = new KubeService(this, 'service', {
      metadata: { ...beside, name: base },
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: { 'batch.kubernetes.io/job-name': this.job.name },
        ports: [{ name: 'rendezvous', port }],
      },
    });

    if (on('environment')) {
      const processes = () => processesPerNode ?? gpusOf(this.currentSpec(), this.job) ?? 1;
      const job = () => resolve([], this.job.name, this.job);
      this.addEnv(rendezvousEnv({ service: base, job, port, nodes, processes }));
    }
    if (checkpoints) {
      const made = checkpointClaim(this, { ...beside, name: `${base}-checkpoints` }, nodes, checkpoints);
      if (made) this.checkpoints = made;
      const { mountPath = '/checkpoints', claimName = made?.name ?? '' } = checkpoints;
      this.addVolume({ name: 'checkpoints', persistentVolumeClaim: { claimName: nameOf(claimName) } });
      this.addMount({ name: 'checkpoints', mountPath });
      if (on('environment')) this.addEnv({ CHECKPOINT_DIR: mountPath });
    }
    if (on('sharedMemory') || sharedMemory !== undefined) {
      const limit = sharedMemory === undefined ? {} : { sizeLimit: sharedMemory };
      this.addVolume({ name: 'shared-memory', emptyDir: { medium: 'Memory', ...limit } });
      this.addMount({ name: 'shared-memory', mountPath: '/dev/shm' });
    }

    if (on('allowPeers')) {
      inTeam(this, this.metadata.namespace, (team) => {
        const [ingress, egress] = [team.denies('Ingress'), team.denies('Egress')];
        // A policy denies all that it does not name, so that there is none where nothing is denied.
        if (!ingress && !egress) return;
        const podSelector = { matchLabels: this.selectorLabels() };
        this.#networkPolicy = new KubeNetworkPolicy(this, 'workers', {
          metadata: { ...beside, name: `${base}-workers` },
          spec: {
            podSelector,
            policyTypes: [...(ingress ? (['Ingress'] as const) : []), ...(egress ? (['Egress'] as const) : [])],
            ...(ingress && { ingress: [{ from: [{ podSelector }] }] }),
            ...(egress && { egress: [{ to: [{ podSelector }] }] }),
          },
        });
      });
    }
    check(this, () => [
      ...wholeNumber('nodes', nodes, 1),
      ...wholeNumber('processesPerNode', processesPerNode, 1),
      ...wholeNumber('restarts', restarts, 0),
      ...wholeNumber('port', port, 1, 65535),
      ...checkpointFaults(checkpoints),
      ...onChangeFaults(onChange, props.metadata),
    ]);
  }

  /** The Job's metadata: labels and annotations can be added to it. */
  get metadata(): ApiObjectMetadataDefinition {
    return this.job.metadata;
  }

  /** Lets the workers reach each other. @default - none: the namespace is no Team's, and denies nothing */
  get networkPolicy(): KubeNetworkPolicy | undefined {
    return this.#networkPolicy;
  }
}

const WEEK = 7 * 24 * 3600;

const FAILURE_POLICY: PodFailurePolicy = {
  rules: [IGNORE_DISRUPTIONS, { action: 'Ignore', onExitCodes: { operator: 'In', values: [PEER_LOST] } }],
};
