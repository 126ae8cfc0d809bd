import { Construct, type IConstruct } from 'constructs';
import { CLUSTER_OPTIONS, type ClusterOptions, clusterProblem } from '../rules/cluster';
import type { External, Facts, PodSecurityLevel } from '../rules/facts';

const ENVIRONMENT = Symbol.for('podwright.Environment');

/** What is known of the cluster of an {@link Environment}. */
export interface EnvironmentProps extends ClusterOptions {
  /**
   * The Kubernetes minor versions of the cluster.
   * @default - those of the environment that it is in, else the App's
   */
  readonly targets?: readonly string[];
  /**
   * The Pod Security level of namespaces that are not among its objects, or have no labels for it.
   * @default - that of the environment that it is in, else the App's
   */
  readonly podSecurity?: PodSecurityLevel;
  /** Objects that others make in it, beside those that the App declares for all its clusters. @default - none */
  readonly externals?: readonly External[];
  /**
   * Its nodes, in the place of those that the App knows of, and images beside those that the App does.
   * @default - those of the environment that it is in, else the App's
   */
  readonly facts?: Facts;
  /**
   * Whether a GitOps controller makes again what is gone.
   * @default - as for the environment that it is in, else for the App; true where one is told to follow it
   */
  readonly gitops?: boolean;
}

/**
 * One cluster that a program is for: a laptop, staging, the GPU cluster. The files of the charts in it are in a folder
 * of its name (`dist/laptop/web.k8s.yaml`), and objects in two environments may have the same names.
 *
 * A class that differs between clusters is given props, as for any other difference; what is deep in the tree may ask
 * {@link Environment.of} which cluster it is for.
 */
export class Environment extends Construct {
  /** Whether `value` is one, made by this copy of the package or by another. */
  static isEnvironment(value: unknown): value is Environment {
    return typeof value === 'object' && value !== null && ENVIRONMENT in value;
  }

  /**
   * The environment that a construct is in: the innermost, where one is in another.
   *
   * @throws when it is in none
   */
  static of(construct: IConstruct): Environment {
    const found = Environment.tryOf(construct);
    if (!found) throw new Error(`${construct.node.path}: expected a construct in an Environment`);
    return found;
  }

  /** As {@link Environment.of}; undefined when it is in none. */
  static tryOf(construct: IConstruct): Environment | undefined {
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      if (Environment.isEnvironment(scope)) return scope;
    }
    return undefined;
  }

  /**
   * @param id the folder's name
   * @param props what is known of the cluster, where it is other than what the App is told
   * @throws when the id is no folder's name, or a prop says something else than it may
   */
  constructor(scope: Construct, id: string, props: EnvironmentProps = {}) {
    super(scope, id);
    if (!/^[0-9A-Za-z][0-9A-Za-z._-]*$/.test(id)) {
      throw new Error(
        `${this.node.path}: id is the name of a folder, got ${JSON.stringify(id)}; expected letters, digits, '.', '_' and '-'`,
      );
    }
    const unknown = Object.keys(props).find((name) => !(CLUSTER_OPTIONS as readonly string[]).includes(name));
    const problem = unknown === undefined ? clusterProblem(props) : unknownOption(unknown);
    if (problem) throw new Error(`${this.node.path}: ${problem}`);
    Object.defineProperty(this, ENVIRONMENT, { value: { ...props } });
  }

  /** Its name, for messages and for choosing by: the id; with those of the environments that it is in, 'eu/prod'. */
  get name(): string {
    return this.node.scopes
      .filter((scope) => Environment.isEnvironment(scope))
      .map((scope) => scope.node.id)
      .join('/');
  }
}

function unknownOption(name: string): string {
  return `${name}: is nothing that is said of a cluster; expected ${CLUSTER_OPTIONS.join(', ')}`;
}

/**
 * What the rules are told of the cluster that a construct is for: by the environments that it is in, the innermost first,
 * else by the App.
 */
export function clusterOf<T extends ClusterOptions>(construct: IConstruct | undefined, app: T): T {
  const environments = construct?.node.scopes.filter((scope) => Environment.isEnvironment(scope)) ?? [];
  return environments.reduce((outer, one) => within(outer, (one as Told)[ENVIRONMENT] ?? {}), app);
}

type Told = { readonly [ENVIRONMENT]?: EnvironmentProps };

function within<T extends ClusterOptions>(outer: T, own: EnvironmentProps): T {
  return {
    ...outer,
    targets: own.targets ?? outer.targets,
    podSecurity: own.podSecurity ?? outer.podSecurity,
    externals: [...(outer.externals ?? []), ...(own.externals ?? [])],
    facts: {
      images: { ...outer.facts?.images, ...own.facts?.images },
      nodes: own.facts?.nodes ?? outer.facts?.nodes,
    },
    gitops: own.gitops ?? outer.gitops,
  };
}
