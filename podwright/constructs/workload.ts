import { type ApiObjectMetadataDefinition, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type {
  Container,
  EnvVar,
  HostAlias,
  LocalObjectReference,
  ObjectMeta,
  PodResourceClaim,
  PodSchedulingGate,
  PodSpec,
  Toleration,
  TopologySpreadConstraint,
  Volume,
  VolumeMount,
} from '../api/k8s';
import { markOurs } from '../synth/ours';
import { defaultsFaults } from './defaults';
import { type EnvProps, envVars } from './env';
import {
  type Addition,
  type AddOptions,
  type ContainerProps,
  HOME_PATH,
  type PodTemplateProps,
  type Props,
  plainContainer,
  podSpec,
} from './pod-spec';
import { check, fault, objects } from './validation';
import { plain } from './values';

/** The label of the workload's name. */
export const NAME_LABEL = 'app.kubernetes.io/name';
/** The label of the workload's part in the whole: pods of another kind of workload may have the same name. */
export const COMPONENT_LABEL = 'app.kubernetes.io/component';

type PodLists = Pick<
  PodSpec,
  | 'hostAliases'
  | 'imagePullSecrets'
  | 'resourceClaims'
  | 'schedulingGates'
  | 'tolerations'
  | 'topologySpreadConstraints'
>;

/**
 * What all workloads have in common: pods that are made of containers and volumes.
 *
 * Fields are fixed at construction; collections grow by `addX` alone, and what is added to all containers reaches those
 * added later too. So no two callers can undo each other, in whatever order they run.
 */
export abstract class Workload extends Construct {
  /** The metadata of the workload's object: labels and annotations can be added to it. */
  abstract readonly metadata: ApiObjectMetadataDefinition;

  readonly #props: PodTemplateProps<string>;
  readonly #fields: Omit<PodSpec, 'containers'>;
  readonly #containers: Container[] = [];
  readonly #initContainers: Container[] = [];
  readonly #volumes: Volume[] = [];
  readonly #mounts: Addition<VolumeMount>[] = [];
  readonly #env: Addition<EnvVar>[] = [];

  /** @param defaults the names of the defaults that this kind of workload has beside those of its pods */
  protected constructor(scope: Construct, id: string, props: PodTemplateProps<string>, defaults: readonly string[]) {
    super(scope, checkedId(scope, id));
    const { containers = [], initContainers = [], volumes = [], user, home, defaults: _, ...fields } = props;
    this.#props = props;
    this.#fields = plain(fields);
    for (const container of objects(this, 'containers', containers)) this.addContainer(container);
    for (const container of objects(this, 'initContainers', initContainers)) this.addInitContainer(container);
    for (const volume of objects(this, 'volumes', volumes)) this.addVolume(volume);
    check(this, () => [
      ...userFaults(props),
      ...homeFaults(home),
      ...defaultsFaults(props.defaults, defaults),
      ...this.#additionFaults(),
    ]);
  }

  /** The name of the workload's object. */
  get name(): string {
    return this.metadata.name ?? this.node.id;
  }

  /** The pods' spec as it stands, defaults filled in: a copy. */
  get podSpec(): PodSpec {
    return plain(this.currentSpec());
  }

  /** The pods' spec as it stands: shared with the workload, for synthesis, which copies it. */
  protected currentSpec(): PodSpec {
    const { user, home, defaults } = this.#props;
    const spec = podSpec({
      fields: this.#fields,
      containers: this.#containers,
      initContainers: this.#initContainers,
      volumes: this.#volumes,
      mounts: this.#mounts,
      env: this.#env,
      home: home === true ? HOME_PATH : home || undefined,
      user,
      defaults: defaults as PodTemplateProps['defaults'],
    });
    return this.complete(spec);
  }

  /** What a kind of workload fills in beside the defaults of all pods; what the spec says already stays. */
  protected complete(spec: PodSpec): PodSpec {
    return spec;
  }

  /** Adds a container that runs beside the others. */
  addContainer(container: ContainerProps): void {
    this.#containers.push(plainContainer(container));
  }

  /** Adds a container that runs to its end before the next one, and before the containers, start. */
  addInitContainer(container: ContainerProps): void {
    this.#initContainers.push(plainContainer(container));
  }

  /**
   * Adds a sidecar, as Kubernetes has them since 1.29: an init container that the next ones do not wait for beyond its
   * startup probe, that is restarted whenever it ends, that outlives the containers, and that keeps no Job from
   * completing. It serves the init containers that are added after it, not those before.
   */
  addSidecar(container: ContainerProps): void {
    this.addInitContainer({ ...container, restartPolicy: 'Always' });
  }

  /** Adds a volume; containers see it where a mount says so. */
  addVolume(volume: Props<Volume>): void {
    this.#volumes.push(plain(volume));
  }

  /** Mounts a volume into the containers; a container that has a mount at that path keeps its own. */
  addMount(mount: Props<VolumeMount>, options: AddOptions = {}): void {
    this.#mounts.push({ ...plain<AddOptions>(options), items: [plain(mount)] });
  }

  /** Sets environment variables in the containers, whose own may refer to them; one that sets one of them keeps its own. */
  addEnv(env: EnvProps, options: AddOptions = {}): void {
    this.#env.push({ ...plain<AddOptions>(options), items: envVars(env) });
  }

  /** Adds taints of nodes that the pods tolerate. */
  addTolerations(...tolerations: Props<Toleration>[]): void {
    this.#add('tolerations', tolerations);
  }

  /** Adds rules of how the pods spread over nodes and zones. */
  addTopologySpreadConstraints(...constraints: Props<TopologySpreadConstraint>[]): void {
    this.#add('topologySpreadConstraints', constraints);
  }

  /** Adds gates: the pods are scheduled once every gate is gone. */
  addSchedulingGates(...gates: Props<PodSchedulingGate>[]): void {
    this.#add('schedulingGates', gates);
  }

  /** Adds Secrets with the credentials of image registries. */
  addImagePullSecrets(...secrets: Props<LocalObjectReference>[]): void {
    this.#add('imagePullSecrets', secrets);
  }

  /** Adds claims of devices that containers refer to in `resources.claims`. */
  addResourceClaims(...claims: Props<PodResourceClaim>[]): void {
    this.#add('resourceClaims', claims);
  }

  /** Adds lines to the pods' /etc/hosts. */
  addHostAliases(...aliases: Props<HostAlias>[]): void {
    this.#add('hostAliases', aliases);
  }

  /**
   * The labels by which others select this workload's pods; an implementation sees to it that the pods carry them.
   * @internal
   */
  protected abstract selectorLabels(): Record<string, string>;

  /**
   * Lets cdk8s-plus's Services and NetworkPolicies select the pods: its IPodSelector.
   * @returns a PodSelectorConfig of whichever cdk8s-plus asks
   */
  // biome-ignore lint/suspicious/noExplicitAny: the type is a class of a library that is never loaded.
  toPodSelectorConfig(): { labelSelector: any } {
    const matchLabels = this.selectorLabels();
    return { labelSelector: { _toKube: () => ({ matchLabels }) } };
  }

  /** Lets cdk8s-plus's NetworkPolicies allow traffic to and from the pods: its INetworkPolicyPeer. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  toNetworkPolicyPeerConfig(): { podSelector: { labelSelector: any } } {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** Lets cdk8s-plus's NetworkPolicies select the pods: its INetworkPolicyPeer. */
  toPodSelector(): this {
    return this;
  }

  /** Lets cdk8s-plus's RoleBindings grant the pods' service account a role: its ISubject. */
  toSubjectConfiguration(): { kind: string; name: string; apiGroup: string; namespace?: string } {
    const name = this.#fields.serviceAccountName ?? 'default';
    return { kind: 'ServiceAccount', name, apiGroup: '', namespace: this.metadata.namespace };
  }

  /** The pods' spec for an object's props, produced at synthesis, when all is added. */
  protected lazyPodSpec(): PodSpec {
    return Lazy.any({ produce: () => this.currentSpec() });
  }

  /** An object's metadata: its name is the construct's id unless it says otherwise. */
  protected objectMeta(metadata: ObjectMeta | undefined): ObjectMeta {
    return objectMeta(this, metadata);
  }

  #add<K extends keyof PodLists>(field: K, items: readonly unknown[]): void {
    const lists = this.#fields as { [name: string]: unknown };
    lists[field] = [...(this.#fields[field] ?? []), ...plain<unknown[]>(items)];
  }

  // An addition to a container that is not there reaches no object, so that no rule could see it.
  #additionFaults(): string[] {
    const names = [...this.#containers, ...this.#initContainers].map(({ name }) => name);
    return [...this.#mounts, ...this.#env].flatMap(({ containers = [] }) =>
      containers
        .filter((name) => !names.includes(name))
        .map((name) => fault('containers', 'names no container of this pod', name, `one of ${names.join(', ')}`)),
    );
  }
}

markOurs(Workload);

/** The metadata of a construct's object: its name is the construct's id unless it says otherwise. */
export function objectMeta(construct: Construct, metadata: ObjectMeta | undefined): ObjectMeta {
  const { name = metadata?.generateName === undefined ? construct.node.id : undefined, ...rest } = metadata ?? {};
  return name === undefined ? rest : { ...rest, name };
}

/** A construct's id, if it is one: constructs itself says neither where nor what it expects. */
export function checkedId(scope: Construct, id: string): string {
  if (typeof id === 'string' && id !== '') return id;
  throw new Error(`${scope.node.path}: ${fault('id', 'must name the construct', id, "a name such as 'hello'")}`);
}

function userFaults({ user, securityContext }: PodTemplateProps<string>): string[] {
  if (user === undefined) return [];
  if (user !== 'image' && typeof user !== 'number') {
    return [fault('user', "must be a user's number or 'image'", user, "a number such as 1000, or 'image'")];
  }
  const other = securityContext?.runAsUser;
  if (other === undefined || other === user) return [];
  return [fault('user', `contradicts securityContext.runAsUser ${other}`, user, 'one of the two')];
}

function homeFaults(home: unknown): string[] {
  if (home === undefined || typeof home === 'boolean') return [];
  if (typeof home === 'string' && home.startsWith('/') && home !== '/') return [];
  return [fault('home', 'must be true or an absolute path', home, `true, which is ${HOME_PATH}, or another path`)];
}
