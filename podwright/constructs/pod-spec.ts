import type { Container, EnvVar, PodSpec, Volume, VolumeMount } from '../api/k8s';
import type { Defaults } from './defaults';
import { type EnvProps, envVars } from './env';
import { type PodDefault, type PodUser, secure } from './security';
import { plain, type QuantityValue, type SecondsValue } from './values';

/**
 * An API type as the constructs take it: field by field the same, except that quantities and seconds may be values of
 * cdk8s or cdk8s-plus, and environment variables a record.
 */
export type Props<T> = { readonly [K in keyof T]: PropsField<K, T[K]> };

type PropsField<K, V> = V extends undefined
  ? V
  : K extends 'env'
    ? EnvProps
    : K extends 'limits' | 'requests' | 'overhead'
      ? Readonly<Record<string, QuantityValue>>
      : K extends 'sizeLimit' | 'divisor'
        ? QuantityValue
        : K extends `${string}Seconds` | 'seconds'
          ? SecondsValue
          : V extends readonly (infer I)[]
            ? readonly Props<I>[]
            : V extends object
              ? Props<V>
              : V;

/** A container, in the API's own fields. */
export interface ContainerProps extends Props<Container> {}

/**
 * What every workload takes for its pods: the PodSpec's own fields, beside a few of ours.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
 */
export interface PodTemplateProps<Default extends string = PodDefault> extends Props<Omit<PodSpec, 'containers'>> {
  /**
   * The containers that run side by side in a pod.
   * @default - none yet: `addContainer` adds them; a pod has at least one
   */
  readonly containers?: readonly ContainerProps[];

  /**
   * The user that all containers run as: a number, which is the group too; or 'image' for the user that the image
   * names, which must be a number other than 0 unless runAsNonRoot is false.
   * @default 65534 - nobody: most images name no user, which means root, and the kubelet does not start root under
   * runAsNonRoot
   */
  readonly user?: PodUser;

  /**
   * Gives the containers a writable home directory and HOME: true for /home/app, or an absolute path. It is an
   * emptyDir named `home`, or the volume of that name where there is one.
   * @default - none: the user of a default pod has no home that it could write to, which many programs do not need
   */
  readonly home?: boolean | string;

  /**
   * Defaults to leave out: by name, or all with 'none'.
   * @default - every default applies
   */
  readonly defaults?: Defaults<Default>;
}

/** Where an addition applies. */
export interface AddOptions {
  /**
   * The names of the containers and init containers it goes to.
   * @default - every container and init container of the pod, those added later too
   */
  readonly containers?: readonly string[];
}

/** Something that containers get unless they have it already. */
export interface Addition<T> extends AddOptions {
  readonly items: readonly T[];
}

/** The parts that a pod's spec is made of. */
export interface PodParts {
  /** The PodSpec's other fields. */
  readonly fields: Omit<PodSpec, 'containers'>;
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly volumes: readonly Volume[];
  readonly mounts: readonly Addition<VolumeMount>[];
  readonly env: readonly Addition<EnvVar>[];
  readonly home?: string;
  readonly user?: PodUser;
  readonly defaults?: Defaults<PodDefault>;
}

/** The PodSpec that parts make, defaults filled in; it may share values with the parts. */
export function podSpec(parts: PodParts): PodSpec {
  const { fields, home } = parts;
  const mounts = [...parts.mounts];
  const env = [...parts.env];
  const volumes = [...parts.volumes];
  if (home !== undefined) {
    if (!volumes.some((volume) => volume.name === HOME_VOLUME)) volumes.push({ name: HOME_VOLUME, emptyDir: {} });
    mounts.push({ items: [{ name: HOME_VOLUME, mountPath: home }] });
    env.push({ items: [{ name: 'HOME', value: home }] });
  }
  const complete = (container: Container) => withEnv(withMounts(container, mounts), env);
  const spec: PodSpec = {
    ...fields,
    containers: parts.containers.map(complete),
    ...(parts.initContainers.length > 0 && { initContainers: parts.initContainers.map(complete) }),
    ...(volumes.length > 0 && { volumes }),
  };
  return secure(spec, parts.defaults, parts.user);
}

/** A container in the API's plain form. */
export function plainContainer(props: ContainerProps): Container {
  const { env, ...fields } = props;
  return { ...plain<Container>(fields), ...(env !== undefined && { env: envVars(env) }) };
}

const HOME_VOLUME = 'home';
/** Where `home: true` puts the home directory. */
export const HOME_PATH = '/home/app';

function itemsFor<T>(container: Container, additions: readonly Addition<T>[]): T[] {
  return additions
    .filter(({ containers }) => containers?.includes(container.name) ?? true)
    .flatMap(({ items }) => items);
}

// What a container has at a path, or under a variable's name, wins over what is added to all of them.
function withMounts(container: Container, additions: readonly Addition<VolumeMount>[]): Container {
  const { volumeMounts: own = [] } = container;
  const volumeMounts = [...own, ...lacking(own, itemsFor(container, additions), (mount) => mount.mountPath)];
  return volumeMounts.length > 0 ? { ...container, volumeMounts } : container;
}

function withEnv(container: Container, additions: readonly Addition<EnvVar>[]): Container {
  const { env: own = [] } = container;
  const added = lacking(own, itemsFor(container, additions), (variable) => variable.name);
  return added.length > 0 ? { ...container, env: inOrder(own, added) } : container;
}

// A variable may refer to those before it, so that what is added comes after a container's own variables, or right before
// the first that refers to it.
function inOrder(own: readonly EnvVar[], added: readonly EnvVar[]): EnvVar[] {
  const left = new Map(added.map((variable) => [variable.name, variable]));
  const take = (name: string): EnvVar[] => {
    const variable = left.get(name);
    left.delete(name);
    return variable ? put(variable) : [];
  };
  const put = (variable: EnvVar): EnvVar[] => {
    const { value } = variable;
    const references = typeof value === 'string' ? [...value.matchAll(/\$\(([^()]+)\)/g)] : [];
    return [...references.flatMap(([, name = '']) => take(name)), variable];
  };
  return [...own.flatMap(put), ...added.flatMap(({ name }) => take(name))];
}

/** Of what is added, what a container has none of under its key: the first of each. */
function lacking<T>(own: readonly T[], added: readonly T[], keyOf: (item: T) => string): T[] {
  const keys = new Set(own.map(keyOf));
  return added.filter((item) => {
    const isLacking = !keys.has(keyOf(item));
    keys.add(keyOf(item));
    return isLacking;
  });
}
